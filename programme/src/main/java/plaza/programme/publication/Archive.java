package plaza.programme.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.procedure.AuditChain;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// The records of a city as anybody may read them, as they are and as they were.
///
/// A record in a concealed state is not here, and secret fields are in none. How a record was after
/// each step comes from the audit chain, whose links say what changed: going back from what is,
/// each change is taken back. So what was published once reads the same for ever.
public final class Archive {
  private final Address address;
  private final Dossiers dossiers;
  private final AuditChain chain;
  private final Parties parties;
  private final @Nullable Map<String, Object> remembered;

  public Archive(Address address, Dossiers dossiers, Parties parties) {
    this(address, dossiers, parties, null);
  }

  private Archive(
      Address address,
      Dossiers dossiers,
      Parties parties,
      @Nullable Map<String, Object> remembered) {
    this.address = address;
    this.dossiers = dossiers;
    this.chain = new AuditChain(dossiers);
    this.parties = parties;
    this.remembered = remembered;
  }

  /// One that reads each thing once, for who asks the same again and again. For one thread, and not
  /// for long: what it read it keeps.
  public Archive remembering() {
    return new Archive(address, dossiers, parties, new HashMap<>());
  }

  @SuppressWarnings("unchecked") // under a key there is only ever what its own reading gave
  private <T> T once(String key, Supplier<T> reading) {
    if (remembered == null) return reading.get();
    var known = remembered.get(key);
    if (known == null) {
      known = reading.get();
      remembered.put(key, known);
    }
    return (T) known;
  }

  public Parties parties() {
    return parties;
  }

  public Optional<Dossier> find(Kind kind, String id) {
    return once("open " + id, () -> dossiers.find(address, kind, id).flatMap(Archive::open));
  }

  /// Whatever its state: for what is public of it all the same, such as who took part.
  public Optional<Dossier> findConcealed(Kind kind, String id) {
    return once("any " + id, () -> dossiers.find(address, kind, id).map(Archive::withoutSecrets));
  }

  /// As it was at a moment.
  public Optional<Dossier> find(Kind kind, String id, Instant at) {
    return once(
        at + " " + id, () -> dossiers.find(address.at(at), kind, id).flatMap(Archive::open));
  }

  /// Oldest first.
  public List<Dossier> list(Kind kind, Having... having) {
    return once(
        "open " + kind + List.of(having),
        () ->
            sorted(
                dossiers.list(address, kind, List.of(having)).stream()
                    .flatMap(one -> open(one).stream())
                    .toList()));
  }

  /// Those in concealed states too, without a field that is secret in itself.
  public List<Dossier> listConcealed(Kind kind, Having... having) {
    return once(
        "any " + kind + List.of(having),
        () ->
            sorted(
                dossiers.list(address, kind, List.of(having)).stream()
                    .map(Archive::withoutSecrets)
                    .toList()));
  }

  /// In no order, one after the other; for what is too much to hold.
  public void each(Kind kind, List<Having> having, Predicate<Dossier> visitor) {
    dossiers.each(address, kind, having, one -> open(one).map(visitor::test).orElse(true));
  }

  private static List<Dossier> sorted(List<Dossier> records) {
    return records.stream()
        .sorted(
            Comparator.comparing(
                    (Dossier one) -> one.createdAt() == null ? Instant.EPOCH : one.createdAt())
                .thenComparing(Dossier::id))
        .toList();
  }

  private static Optional<Dossier> open(Dossier record) {
    return record.kind().isConcealed(record.state())
        ? Optional.empty()
        : Optional.of(withoutSecrets(record));
  }

  private static Dossier withoutSecrets(Dossier record) {
    var kept = new LinkedHashMap<String, Value>();
    record
        .fields()
        .forEach((name, value) -> {
          if (!record.kind().isAlwaysSecret(name)) kept.put(name, Redaction.of(name, value));
        });
    return new Dossier(
        record.kind(), record.id(), record.state(), kept, record.version(), record.createdAt());
  }

  /// The steps of a record, oldest first.
  public List<Event> history(Dossier record) {
    var links = chain.of(address, record.id());
    var events = new ArrayList<Event>();
    Map<String, Value> fields = new LinkedHashMap<>(withoutSecrets(record).fields());
    for (int i = links.size() - 1; i >= 0; i--) {
      var link = links.get(i);
      var then = Dossier.of(record.kind(), record.id(), link.text("to"), fields);
      events.add(
          new Event(
              link.count("number"),
              link.moment("at"),
              link.text("action"),
              link.text("from"),
              then));
      fields = before(record.kind(), fields, link);
    }
    return List.copyOf(events.reversed());
  }

  private static Map<String, Value> before(Kind kind, Map<String, Value> after, Dossier link) {
    var details = link.findText("text").map(Json::parse).orElse(Value.Struct.EMPTY);
    var was = members(details, "before");
    var fields = new LinkedHashMap<>(after);
    members(details, "after").keySet().forEach(fields::remove);
    was.forEach((name, value) -> {
      // Of what is secret the chain holds hashes only.
      boolean hashed = value instanceof Value.Text(var text) && text.startsWith("sha256:");
      if (!hashed && !kind.isAlwaysSecret(name)) fields.put(name, Redaction.of(name, value));
    });
    return fields;
  }

  private static Map<String, Value> members(Value of, String name) {
    return of instanceof Value.Struct(var members)
            && members.get(name) instanceof Value.Struct(var inner)
        ? inner
        : Map.of();
  }
}
