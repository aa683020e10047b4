package plaza.portal.need;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plaza.graph.Value;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;

/// A series beside an answer, as its card says it.
///
/// @param value now, with its unit; empty when there is none
/// @param words of what it is, how many entities, and when
public record Reading(String label, String value, String words, Picture picture) {
  static List<Reading> all(Value.Items told, Times times) {
    return told.items().stream().map(one -> of(new Seen((Value.Struct) one), times)).toList();
  }

  private static Reading of(Seen series, Times times) {
    if (series.findText("closed").isPresent())
      return new Reading(series.text("label"), "", series.text("closed"), Picture.of(List.of()));
    long entities = series.count("entities");
    if (entities == 0)
      return new Reading(
          series.text("label"), "", "There is no reading yet.", Picture.of(List.of()));
    var when = series.moment("observedAt").map((Instant at) -> times.moment(at)).orElse("");
    return new Reading(
        series.text("label"),
        number(series.number("value"))
            + (series.text("unitCode").isEmpty() ? "" : " " + series.text("unitCode")),
        (entities == 1 ? "" : "Mean of " + entities + ", ") + when,
        Picture.of(points(series)));
  }

  private static List<Picture.Point> points(Seen series) {
    var points = new ArrayList<Picture.Point>();
    if (series.view().members().get("points") instanceof Value.Items(var items))
      for (var item : items)
        if (item instanceof Value.Items(var pair) && pair.size() == 2)
          points.add(
              new Picture.Point((long) pair.getFirst().asNumber(), pair.getLast().asNumber()));
    return points;
  }

  /// Without needless decimals.
  static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ENGLISH, "%,.0f", value)
        : String.format(Locale.ENGLISH, "%,.1f", value);
  }

  public String range() {
    return number(picture.least()) + " to " + number(picture.most());
  }
}
