package plaza.programme.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Kind;

/// I14: what is public holds no way to reach a person and no count below ten people.
///
/// All public exports are made of what lies under public names; so that is searched, whole.
final class PublicTellsNobody extends Invariant {
  private static final int SMALLEST_CELL = 10;
  private static final Pattern CONTACT = Pattern.compile("[\\w.]+@mail\\.example|\\+886 9\\d+");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Set<Kind> CELLS = Set.of(Kind.USAGE_DAY, Kind.COHORT_CELL);
  private final Set<String> secrets = new HashSet<>();

  PublicTellsNobody() {
    super("I14");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes()) {
      var after = change.after();
      if (after == null) continue;
      for (var field : List.of("personKey", "tokenHash"))
        after.findText(field).ifPresent(secrets::add);
      if (change.raw() != null) published(change.raw(), CELLS.contains(change.kind()));
    }
  }

  private void published(Entity raw, boolean isCell) {
    for (var attribute : raw.attributes()) {
      if (Names.isPrivate(attribute.name())) continue;
      var text = attribute.content().toString();
      require(
          !CONTACT.matcher(text).find()
              && HASH.matcher(text).results().noneMatch(hash -> secrets.contains(hash.group())),
          "%s shows in %s how to reach somebody: %s",
          raw.id(),
          attribute.name(),
          text);
      if (isCell
          && attribute.content() instanceof plaza.graph.Content.Property(Value.Whole(long count)))
        require(
            count >= SMALLEST_CELL || count == 0 || isAge(attribute.name()),
            "%s shows %s people in %s",
            raw.id(),
            count,
            attribute.name());
    }
  }

  /// How old a cohort is, not how many are in it.
  private static boolean isAge(String attribute) {
    return attribute.endsWith("#day") || attribute.endsWith("#week") || attribute.endsWith("Day");
  }
}
