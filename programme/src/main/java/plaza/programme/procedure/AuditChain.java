package plaza.programme.procedure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.json.Json;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Every command leaves a link: who did what, when, why, what held and what changed, with the hash
/// of the link before. One chain per tenant.
///
/// What anybody may know of a link is hashed openly: its `hash` is SHA-256 over the previous hash,
/// a line feed and the canonical JSON of its public facts. So everybody can recompute the chain.
/// Who acted and what changed are its details, of which `detailsHash` among those facts is the
/// SHA-256; a nonce in them keeps others from guessing what they say. Links of before this was so
/// hash their details directly.
///
/// People are in the details under the ids of their accounts, which are random and name nobody.
/// What somebody gave as their reason, and values of secret fields, are in them as salted hashes
/// only; words and salt lie beside the link and can be erased without the chain's noticing. Links
/// of before hold a reason as it was written, and still verify.
public final class AuditChain {
  /// What the first link calls the one before it.
  public static final String BEGINNING = "0".repeat(64);

  /// The field of a link that holds what can be erased of it.
  public static final String WORDS = "words";

  private static final String SEAL = "seal";
  private static final String DETAILS = "detailsHash";

  /// Of a link, what is nobody's to know but the office's; and what is made of the rest.
  private static final Set<String> NOT_HASHED = Set.of("actor", "text", "words", "hash");

  private static final String HEAD = Ids.id(Kind.CHAIN_HEAD, "transitions");
  private final Dossiers dossiers;

  public AuditChain(Dossiers dossiers) {
    this.dossiers = dossiers;
  }

  /// Recomputes the tenant's chain from its beginning.
  ///
  /// @return one sentence per fault; empty when all is well
  public List<String> verify(Address address) {
    var faults = new ArrayList<String>();
    var links = new TreeMap<Long, Dossier>();
    for (var link : dossiers.list(address, Kind.TRANSITION_EVENT))
      links.put(link.count("number"), link);
    var head = dossiers.find(address, Kind.CHAIN_HEAD, HEAD);
    long length = head.map(h -> h.count("number")).orElse(0L);
    var previous = BEGINNING;
    for (long number = 1; number <= length; number++) {
      var link = links.remove(number);
      if (link == null) {
        faults.add("link " + number + " of the audit chain is missing");
        return faults;
      }
      var text = link.findText("text").orElse("{}");
      var hash = link.has(DETAILS) ? hash(previous, link.fields()) : hash(previous, text);
      boolean kept =
          !link.has(DETAILS) || link.findText(DETAILS).equals(Optional.of(Canonical.hash(text)));
      if (!kept || !Optional.of(hash).equals(link.findText("hash")))
        faults.add("link " + number + " of the audit chain does not hash to what it says");
      if (!link.without(WORDS).fields().equals(fields(number, text, previous, link.has(DETAILS)))
          || !isSaid(link, text))
        faults.add("link " + number + " of the audit chain shows other facts than it sealed");
      previous = hash;
    }
    if (head.isPresent() && !head.get().text("hash").equals(previous))
      faults.add("the audit chain ends with another hash than was kept");
    links.keySet().forEach(n -> faults.add("link " + n + " follows the end of the audit chain"));
    return faults;
  }

  /// The last link.
  public Optional<Dossier> last(Address address) {
    return dossiers
        .find(address, Kind.CHAIN_HEAD, HEAD)
        .flatMap(head -> link(address, head.count("number")));
  }

  /// A link by its number, from 1.
  public Optional<Dossier> link(Address address, long number) {
    return dossiers.find(
        address, Kind.TRANSITION_EVENT, Ids.id(Kind.TRANSITION_EVENT, "%010d".formatted(number)));
  }

  /// The links about one record, oldest first.
  public List<Dossier> of(Address address, String subject) {
    return dossiers
        .list(address, Kind.TRANSITION_EVENT, List.of(new Dossiers.Having("subject", subject)))
        .stream()
        .sorted(java.util.Comparator.comparingLong(link -> link.count("number")))
        .toList();
  }

  /// The edits that hang a command's links on the chain.
  static List<Edit> links(Work work) {
    if (work.entries().isEmpty()) return List.of();
    var head = work.find(Kind.CHAIN_HEAD, HEAD);
    var edits = new ArrayList<Edit>();
    long number = head.map(h -> h.count("number")).orElse(0L);
    var previous = head.map(h -> h.text("hash")).orElse(BEGINNING);
    for (var entry : work.entries()) {
      number++;
      var fields = fields(number, text(work, entry), previous, true);
      previous = ((Value.Text) Objects.requireNonNull(fields.get("hash"))).text();
      var id = Ids.id(Kind.TRANSITION_EVENT, "%010d".formatted(number));
      edits.addAll(
          Dossiers.edits(
              null,
              Dossier.of(Kind.TRANSITION_EVENT, id, entry.to(), fields).with(WORDS, words(entry))));
    }
    var next =
        head.orElseGet(() -> Dossier.of(Kind.CHAIN_HEAD, HEAD, Dossier.KEPT, Map.of()))
            .with("number", number)
            .with("hash", previous);
    edits.addAll(Dossiers.edits(head.orElse(null), next));
    return edits;
  }

  private static String hash(String previous, String text) {
    return Canonical.hash(previous + "\n" + text);
  }

  private static String hash(String previous, Map<String, Value> fields) {
    var facts = new LinkedHashMap<>(fields);
    facts.keySet().removeAll(NOT_HASHED);
    return hash(previous, Canonical.text(new Value.Struct(facts)));
  }

  private static String text(Work work, Work.Entry entry) {
    var all = new LinkedHashMap<String, Value>(entry.more().members());
    all.put("kind", Value.of(entry.kind().title()));
    all.put("subject", Value.of(entry.id()));
    all.put("action", Value.of(entry.action()));
    all.put("from", Value.of(entry.from()));
    all.put("to", Value.of(entry.to()));
    all.put("role", Value.of(entry.role()));
    all.put("actor", Value.of(work.caller().id()));
    all.put("at", Value.of(work.now().toString()));
    all.put("nonce", Value.of(work.ids().token()));
    return Canonical.text(new Value.Struct(all));
  }

  /// What a link shows, all taken from its sealed text.
  ///
  /// @param open whether its hash is one of public facts
  private static Map<String, Value> fields(
      long number, String text, String previous, boolean open) {
    var fields = new LinkedHashMap<String, Value>();
    fields.put("number", Value.of(number));
    if (Json.parse(text) instanceof Value.Struct(var members)) {
      for (var name : List.of("kind", "subject", "action", "from", "to", "role", "actor", "at"))
        fields.put(name, members.getOrDefault(name, Value.Null.VALUE));
      var seal = members.get(SEAL);
      if (seal != null) fields.put(SEAL, seal);
    }
    fields.put("text", Value.of(text));
    if (open) fields.put(DETAILS, Value.of(Canonical.hash(text)));
    fields.put("hash", Value.of(open ? hash(previous, fields) : hash(previous, text)));
    return fields;
  }

  private static Value words(Work.Entry entry) {
    return entry.words().members().isEmpty() ? Value.Null.VALUE : entry.words();
  }

  /// What is beside a link: null when it never had words, or they were erased.
  private static boolean isSaid(Dossier link, String text) {
    var words = link.findStruct(WORDS);
    if (words.isEmpty()) return true;
    var salt = words.get().members().get("salt");
    var reason = words.get().members().get("reason");
    if (reason == null) return true;
    return salt instanceof Value.Text(var grain)
        && Json.parse(text) instanceof Value.Struct(var members)
        && commitment(grain, reason).equals(members.get("reason"));
  }

  /// A value that only who has the salt can be shown to have been this one.
  private static Value commitment(String salt, Value value) {
    return Value.of("sha256:" + Canonical.hash(salt + "\n" + Canonical.text(value)));
  }

  /// What a link says beyond who, what and when.
  ///
  /// @param text to be sealed
  /// @param words to lie beside it
  record More(Value.Struct text, Value.Struct words) {}

  static More more(Dossier before, Situation situation, Optional<String> reason) {
    var salt = situation.ids().token();
    var words = new LinkedHashMap<String, Value>();
    words.put("salt", Value.of(salt));
    reason.ifPresent(said -> words.put("reason", Value.of(said)));
    var more = new LinkedHashMap<String, Value>();
    reason.ifPresent(said -> more.put("reason", commitment(salt, Value.of(said))));
    var guards = situation.step().guards().stream().map(Step.Guard::text).toList();
    if (!guards.isEmpty()) more.put("guardsMet", Value.of(guards));
    var attested = situation.attested();
    if (attested != null) more.put(SEAL, Value.of(attested));
    if (!situation.told().isEmpty()) more.put("told", new Value.Items(situation.told()));
    more.put("before", changes(before, situation.record(), before, salt));
    more.put("after", changes(before, situation.record(), situation.record(), salt));
    return new More(new Value.Struct(more), new Value.Struct(words));
  }

  private static Value.Struct changes(Dossier before, Dossier after, Dossier shown, String salt) {
    var changes = new LinkedHashMap<String, Value>();
    var names = new TreeSet<>(before.fields().keySet());
    names.addAll(after.fields().keySet());
    for (var name : names) {
      if (Objects.equals(before.fields().get(name), after.fields().get(name))) continue;
      var value = shown.fields().get(name);
      if (value == null) continue;
      boolean secret = shown.kind().isSecret(name, after.state());
      changes.put(name, secret ? commitment(salt, value) : value);
    }
    return new Value.Struct(changes);
  }
}
