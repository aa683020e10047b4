package plaza.programme.invariant;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Changed;
import plaza.programme.invariant.Records.Link;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A step that was taken, and all that was written with it.
///
/// @param before the record before the whole command; null when it was opened by it
/// @param after the record after the whole command
/// @param effect as the procedure writes it, such as `startClock(30d)`
record Taken(
    SmallCity city,
    Records records,
    Moment moment,
    Link link,
    @Nullable Dossier before,
    Dossier after,
    String effect) {
  /// Whether somebody is to be told, or something to be published, that begins so.
  boolean tells(String beginning) {
    return told(link).anyMatch(text -> text.startsWith(beginning));
  }

  /// The same, of any link of the command: what another record tells with it.
  boolean somebodyTells(String beginning) {
    return moment.links().stream()
        .flatMap(Taken::told)
        .anyMatch(text -> text.startsWith(beginning));
  }

  private static Stream<String> told(Link link) {
    return link.text().members().get("told") instanceof Value.Items(var items)
        ? items.stream().map(one -> one instanceof Value.Text(var text) ? text : "")
        : Stream.of();
  }

  /// What stands between the brackets of the effect, blanks for commas.
  String arguments() {
    int open = effect.indexOf('(');
    return open < 0
        ? effect.substring(effect.indexOf(' ') + 1)
        : effect.substring(open + 1, effect.length() - 1).replaceAll(", *", " ");
  }

  boolean sets(String... fields) {
    return List.of(fields).stream().allMatch(after::has);
  }

  boolean clears(String... fields) {
    return List.of(fields).stream().noneMatch(after::has);
  }

  boolean counts(String field) {
    return after.count(field) > (before == null ? 0 : before.count(field));
  }

  /// Records of a kind that belong to this one, as they are now.
  List<Dossier> of(Kind kind, String field) {
    return records.all(kind, field, after.id());
  }

  /// Those of them that were in a state before.
  Stream<Changed> were(Kind kind, String field, String... states) {
    return moment.changes().stream()
        .filter(one -> one.is(kind) && one.before() != null && one.before().is(states))
        .filter(one -> one.before().texts(field).contains(after.id()));
  }

  /// Whether the command opened a record of a kind.
  boolean opens(Kind kind, Predicate<Dossier> which) {
    return opened(kind).anyMatch(which);
  }

  Stream<Dossier> opened(Kind kind) {
    return moment.changes().stream()
        .filter(one -> one.is(kind) && one.before() == null)
        .flatMap(one -> Optional.ofNullable(one.after()).stream());
  }

  /// None of those that belong to this one is in a state.
  boolean none(Kind kind, String field, String... states) {
    return of(kind, field).stream().noneMatch(one -> one.is(states));
  }

  Dossier get(Kind kind, String field) {
    return records.get(kind, after.text(field));
  }

  Optional<Dossier> find(Kind kind, String field) {
    return after.findText(field).flatMap(id -> records.find(kind, id));
  }
}
