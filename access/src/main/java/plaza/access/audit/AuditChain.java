package plaza.access.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.ledger.Receipt;

/// An append-only record, each entry carrying the hash of the one before it. Kept as entities, in
/// the same atomic write as what it tells about, so that neither is ever without the other.
///
/// Appending is one at a time: the next entry needs the hash of a durable one. A change, removal or
/// exchange of entries shows in [#verify]; cutting off the end shows against a [#head] noted
/// elsewhere.
public final class AuditChain {
  private static final String ENTRY = "entry";

  private final Ledger ledger;
  private final Reader reader;
  private final Actor room;
  private final Address address;
  private final String name;
  private final String type;
  private final String attribute;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private long number;
  private String hash;

  /// Opens the chain where it ended.
  ///
  /// @param room who vouches for the entries, such as `access`
  /// @param address whose entities entries are written together with
  /// @param name of the chain, part of its entries' ids
  public AuditChain(
      Ledger ledger,
      Reader reader,
      String room,
      Address address,
      String name,
      InstantSource clock) {
    this.ledger = ledger;
    this.reader = reader;
    this.room = Actor.of("urn:plaza:audit:" + name).through(room);
    this.address = address;
    this.name = name;
    this.type = Names.PRIVATE + "AuditEntry-" + name;
    this.attribute = Names.PRIVATE + ENTRY;
    this.clock = clock;
    this.number = last();
    this.hash = number == 0 ? AuditEntry.NONE : find(number).orElseThrow().hash();
  }

  /// Writes the edits and the entry together, or neither.
  public Receipt append(Actor actor, Event event, List<Edit> edits) {
    lock.lock();
    try {
      var entry = entry(actor, event);
      var all = new ArrayList<>(edits);
      all.add(new Edit.Create(entity(entry)));
      var receipt =
          ledger.write(actor.through(vouching()), Write.atomic(address, List.copyOf(all)));
      number = entry.number();
      hash = entry.hash();
      return receipt;
    } finally {
      lock.unlock();
    }
  }

  private String vouching() {
    return java.util.Objects.requireNonNull(room.room());
  }

  private AuditEntry entry(Actor actor, Event event) {
    var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var open =
        new AuditEntry(
            number + 1, at, actor.id(), event.action(), event.subject(), event.details(), hash, "");
    return hashed(open);
  }

  private static AuditEntry hashed(AuditEntry open) {
    var bytes = Json.text(open.content()).getBytes(StandardCharsets.UTF_8);
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new AuditEntry(
          open.number(),
          open.at(),
          open.actor(),
          open.action(),
          open.subject(),
          open.details(),
          open.previous(),
          HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String id(long entryNumber) {
    return "urn:plaza:audit:" + name + ":" + entryNumber;
  }

  private Entity entity(AuditEntry entry) {
    var members = new java.util.LinkedHashMap<>(entry.content().members());
    members.put("hash", Value.of(entry.hash()));
    return Entity.of(
        id(entry.number()),
        type,
        List.of(Attribute.of(attribute, new Content.JsonProperty(new Value.Struct(members)))));
  }

  private Optional<AuditEntry> find(long entryNumber) {
    return reader.find(room, address, id(entryNumber)).flatMap(this::read);
  }

  /// Empty when the entity is not what this chain writes.
  private Optional<AuditEntry> read(Entity entity) {
    if (!(entity.find(attribute).map(Attribute::content).orElse(null)
            instanceof Content.JsonProperty(Value.Struct(var members)))
        || !(members.get("number") instanceof Value.Whole(long entryNumber))
        || !(members.get("at") instanceof Value.Text(var at))
        || !(members.get("actor") instanceof Value.Text(var actor))
        || !(members.get("action") instanceof Value.Text(var action))
        || !(members.get("subject") instanceof Value.Text(var subject))
        || !(members.get("details") instanceof Value.Struct details)
        || !(members.get("previous") instanceof Value.Text(var previous))
        || !(members.get("hash") instanceof Value.Text(var entryHash))) return Optional.empty();
    return Optional.of(
        new AuditEntry(
            entryNumber, Instant.parse(at), actor, action, subject, details, previous, entryHash));
  }

  /// Entries are numbered without gap, so the last is found by leaps and halving: a few dozen point
  /// reads, however long the chain.
  private long last() {
    long there = 0;
    long gone = 1;
    while (exists(gone)) {
      there = gone;
      gone *= 2;
    }
    while (gone - there > 1) {
      long middle = there + (gone - there) / 2;
      if (exists(middle)) there = middle;
      else gone = middle;
    }
    return there;
  }

  private boolean exists(long entryNumber) {
    return reader.find(room, address, id(entryNumber)).isPresent();
  }

  /// The last entry; empty while nothing has happened. Note its hash elsewhere to be able to tell
  /// that none was cut off.
  public Optional<AuditEntry> head() {
    lock.lock();
    try {
      return number == 0 ? Optional.empty() : find(number);
    } finally {
      lock.unlock();
    }
  }

  /// Entries before a number, newest first.
  ///
  /// @param before exclusive; [Long#MAX_VALUE] for the newest
  public List<AuditEntry> list(long before, int limit) {
    long newest;
    lock.lock();
    try {
      newest = number;
    } finally {
      lock.unlock();
    }
    var entries = new ArrayList<AuditEntry>();
    for (long n = Math.min(before - 1, newest); n >= 1 && entries.size() < limit; n--)
      find(n).ifPresent(entries::add);
    return Collections.unmodifiableList(entries);
  }

  /// Reads the whole chain and recomputes every hash.
  ///
  /// @return one sentence per fault; empty when all is well
  public List<String> verify() {
    var faults = new ArrayList<String>();
    long until = last();
    var expected = AuditEntry.NONE;
    for (long n = 1; n <= until; n++) {
      var found = find(n);
      if (found.isEmpty()) {
        faults.add(id(n) + " is missing or unreadable");
        continue;
      }
      var entry = found.get();
      if (entry.number() != n) faults.add(id(n) + " says it is number " + entry.number());
      if (!entry.previous().equals(expected))
        faults.add(id(n) + " does not follow on the entry before it");
      if (!hashed(entry).hash().equals(entry.hash()))
        faults.add(id(n) + " was changed after it was written: its hash is wrong");
      expected = entry.hash();
    }
    var count = new long[1];
    reader.each(room, address, Query.type(type), _ -> ++count[0] > 0);
    if (count[0] != until)
      faults.add(
          "the audit chain "
              + name
              + " ends at entry "
              + until
              + " but "
              + count[0]
              + " entries exist: some between were removed");
    return faults;
  }
}
