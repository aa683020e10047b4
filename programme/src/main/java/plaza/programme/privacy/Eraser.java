package plaza.programme.privacy;

import java.util.LinkedHashMap;
import java.util.Map;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.programme.procedure.AuditChain;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Takes somebody out of the records of one city. Supports and contests stay and count as before;
/// the audit chain loses words, never a link. Doing it again changes nothing.
final class Eraser {
  private final Register register;
  private final Finder finder;
  private final Dossiers dossiers;
  private final Rewriter rewriter;

  Eraser(Register register, Finder finder, Dossiers dossiers, Rewriter rewriter) {
    this.register = register;
    this.finder = finder;
    this.dossiers = dossiers;
    this.rewriter = rewriter;
  }

  /// @param everything whether all they wrote goes, not only where it names them
  /// @return how many records of each kind were changed or removed
  Map<String, Integer> erase(Address address, Subject subject, boolean everything) {
    var counts = new LinkedHashMap<String, Integer>();
    var redaction = new Redaction(register, subject);
    for (var kind : finder.kinds()) {
      for (var record : finder.own(address, kind, subject))
        if (isTold(kind)) count(counts, kind, remove(address, record));
        else if (isOwn(kind))
          count(counts, kind, own(address, record, subject, redaction, everything));
      for (var record : finder.naming(address, kind, subject))
        count(counts, kind, rewriter.rewrite(address, kind, record.id(), redaction::others));
    }
    words(address, subject, counts);
    return counts;
  }

  /// What was only kept to tell them something.
  private static boolean isTold(Kind kind) {
    return kind == Kind.FOLLOW || kind == Kind.NOTICE;
  }

  /// Supports and contests count; they hold nothing else.
  private static boolean isOwn(Kind kind) {
    return kind != Kind.SUPPORT && kind != Kind.CONTEST;
  }

  private boolean remove(Address address, Dossier record) {
    return rewriter.rewrite(address, record.kind(), record.id(), _ -> null);
  }

  private boolean own(
      Address address, Dossier record, Subject subject, Redaction redaction, boolean everything) {
    boolean whole = everything || isTheirsAlone(address, record, subject);
    // First the links: they are found by the author that goes with the record's own fields.
    for (var link : finder.all(address, Kind.TRANSITION_EVENT, "subject", record.id()))
      if (link.texts("role").contains("author")) forgetWords(address, link);
    boolean changed =
        rewriter.rewrite(address, record.kind(), record.id(), now -> redaction.own(now, whole));
    if (changed) retell(address, record.kind(), record.id());
    return changed;
  }

  /// A need that nobody else supports and nobody took up is its author's alone.
  private boolean isTheirsAlone(Address address, Dossier record, Subject subject) {
    if (record.kind() != Kind.NEED || record.has("cluster") || record.has("challenge"))
      return false;
    return finder.all(address, Kind.SUPPORT, "need", record.id()).stream()
        .allMatch(support -> support.texts("personKey").contains(subject.key()));
  }

  /// Others were told with the record's title as it was.
  private void retell(Address address, Kind kind, String id) {
    var title = dossiers.find(address, kind, id).flatMap(record -> record.findText("title"));
    for (var notice : finder.all(address, Kind.NOTICE, "subject", id))
      rewriter.rewrite(
          address,
          Kind.NOTICE,
          notice.id(),
          now ->
              now.has("title")
                  ? title.map(text -> now.with("title", text)).orElse(now.without("title"))
                  : now);
  }

  private void words(Address address, Subject subject, Map<String, Integer> counts) {
    var person = subject.person();
    if (person == null) return;
    for (var link : finder.all(address, Kind.TRANSITION_EVENT, "actor", person))
      count(counts, Kind.TRANSITION_EVENT, forgetWords(address, link));
  }

  private boolean forgetWords(Address address, Dossier link) {
    return rewriter.rewrite(
        address, Kind.TRANSITION_EVENT, link.id(), now -> now.without(AuditChain.WORDS));
  }

  private static void count(Map<String, Integer> counts, Kind kind, boolean changed) {
    if (changed) counts.merge(kind.title(), 1, Integer::sum);
  }

  static Value.Struct toValue(Map<String, Integer> counts) {
    var members = new LinkedHashMap<String, Value>();
    counts.forEach((kind, number) -> members.put(kind, Value.of(number)));
    return new Value.Struct(members);
  }
}
