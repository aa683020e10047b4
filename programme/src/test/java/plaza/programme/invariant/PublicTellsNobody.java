package plaza.programme.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Kind;

/// I14: what is public holds no way to reach a person and no count below ten people.
///
/// Searched are all that lies under public names, after each commit, and now and then every export.
final class PublicTellsNobody extends Invariant {
  private static final int SMALLEST_CELL = 10;
  private static final Pattern CONTACT = Pattern.compile("[\\w.]+@mail\\.example|\\+886 9\\d+");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Set<Kind> CELLS = Set.of(Kind.USAGE_DAY, Kind.COHORT_CELL);

  /// How many people were counted, wherever an export says so.
  private static final Set<String> PEOPLE =
      Set.of(
          "supporters", "verifiedSupporters", "users", "members", "active", "monthlyActiveUsers");

  private static final int SETTLED_BETWEEN = 30;
  private final Set<String> secrets = new HashSet<>();
  private int settled;

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

  @Override
  void settled(SmallCity city, Records records) {
    if (++settled % SETTLED_BETWEEN != 0) return;
    var exports = new Exports(city);
    exports
        .texts()
        .forEach((name, text) -> {
          var contact = CONTACT.matcher(text);
          require(
              !contact.find(), "%s tells how to reach somebody: %s", name, around(text, contact));
          var hash =
              HASH.matcher(text).results().filter(one -> secrets.contains(one.group())).findFirst();
          require(hash.isEmpty(), "%s holds what stands for a person: %s", name, hash);
          for (var secret : List.of("urn:plaza:person:", BodiesStaySealed.WORD))
            require(
                !text.contains(secret),
                "%s holds %s",
                name,
                text.substring(
                    Math.max(0, text.indexOf(secret) - 200),
                    Math.min(text.length(), text.indexOf(secret) + 60)));
        });
    exports
        .rows()
        .forEach((name, rows) -> {
          for (var row : rows)
            for (var column : PEOPLE)
              if (row.get(column) instanceof Value.Whole(long count))
                require(
                    count == 0 || count >= SMALLEST_CELL,
                    "%s tells of %s %s: %s",
                    name,
                    count,
                    column,
                    row);
        });
  }

  private static String around(String text, Matcher found) {
    return found.hasMatch()
        ? text.substring(
            Math.max(0, found.start() - 300), Math.min(text.length(), found.end() + 60))
        : "";
  }

  /// How old a cohort is, not how many are in it.
  private static boolean isAge(String attribute) {
    return attribute.endsWith("#day") || attribute.endsWith("#week") || attribute.endsWith("Day");
  }
}
