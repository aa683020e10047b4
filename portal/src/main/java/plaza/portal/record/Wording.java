package plaza.portal.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;

/// Values of records in words: titles for ids, days for dates, words for codes.
final class Wording {
  /// Fields whose texts are chosen from a list of codes.
  private static final Set<String> CODES =
      Set.of(
          "kind",
          "outcome",
          "direction",
          "aggregation",
          "route",
          "financeType",
          "identity",
          "origin",
          "placeKind",
          "status",
          "notNeeded",
          "days",
          "mode");

  /// Within a part: what follows from its other members, and what only proves them to a machine.
  private static final Set<String> UNTOLD = Set.of("ageMinutes", "hash", "definitionHash");

  /// Two members that are one thing.
  private record Pair(String one, String between, String other) {
    Set<String> names() {
      return Set.of(one, other);
    }
  }

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("from", " – ", "to"),
          new Pair("operator", " ", "number"),
          new Pair("amount", " ", "currency"));

  private static final Value UNKNOWN = new Value.Null();

  private static final MathContext SHOWN = new MathContext(4);

  private final Times times;
  private final Titles.For titles;

  Wording(Times times, Titles.For titles) {
    this.times = times;
    this.titles = titles;
  }

  static boolean isEmpty(Value value) {
    return value instanceof Value.Null || value.equals(new Value.Items(List.of()));
  }

  /// Whether it is a single thing, such as a sum of money or a shape, however many members it has.
  static boolean isOne(Map<String, Value> members) {
    return members.containsKey("coordinates")
        || PAIRS.stream().anyMatch(pair -> members.keySet().equals(pair.names()));
  }

  /// The members of a value that has some, each with its name.
  List<String> lines(Map<String, Value> members) {
    return members.entrySet().stream()
        .filter(Wording::isTold)
        .map(one -> Plain.words(one.getKey()) + ": " + said(one.getKey(), one.getValue()))
        .toList();
  }

  /// A value in one line, with what is unknown left out.
  ///
  /// @param name of the field it stands in
  String said(String name, Value value) {
    return switch (value) {
      case Value.Struct(var members) -> said(members);
      case Value.Items(var items) ->
          items.stream()
              .map(item -> said(name, item))
              .collect(
                  Collectors.joining(
                      items.stream().anyMatch(Value.Struct.class::isInstance) ? "; " : ", "));
      case Value.Null _ -> "unknown";
      case Value.Text(var text) -> text(name, text);
      case Value.Flag(boolean set) -> set ? "Yes" : "No";
      case Value.Whole(long number) -> Long.toString(number);
      case Value.Decimal(double number) ->
          new BigDecimal(number).round(SHOWN).stripTrailingZeros().toPlainString();
    };
  }

  private String said(Map<String, Value> members) {
    if (members.containsKey("coordinates")) return shape(members);
    for (var pair : PAIRS)
      if (members.keySet().equals(pair.names()))
        return said("", members.getOrDefault(pair.one(), UNKNOWN))
            + pair.between()
            + said("", members.getOrDefault(pair.other(), UNKNOWN));
    return members.entrySet().stream()
        .filter(Wording::isTold)
        .map(one ->
            (one.getKey().equals("text")
                    ? ""
                    : Plain.words(one.getKey()).toLowerCase(Locale.ROOT) + " ")
                + said(one.getKey(), one.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isTold(Map.Entry<String, Value> member) {
    return !isEmpty(member.getValue()) && !UNTOLD.contains(member.getKey());
  }

  private static String shape(Map<String, Value> members) {
    if (members.get("coordinates") instanceof Value.Items(var at)
        && at.size() >= 2
        && members.get("type") instanceof Value.Text(var type)
        && type.equals("Point"))
      return "%.5f, %.5f (latitude, longitude)"
          .formatted(at.get(1).asNumber(), at.getFirst().asNumber());
    return "an area on the map";
  }

  private String text(String name, String text) {
    if (text.startsWith("urn:")) return titles.of(name, text);
    if (text.startsWith(Names.DEFAULT_VOCAB)
        || text.startsWith(Names.PLAZA)
        || text.startsWith("https://uri.etsi.org/ngsi-ld/")) return Plain.local(text);
    if (name.equals("verdict")) return Plain.verdict(text);
    if (name.equals("field")) return Plain.field(text);
    if (CODES.contains(name)) return Plain.words(text);
    return moment(text);
  }

  private String moment(String text) {
    try {
      if (text.matches("\\d{4}-\\d\\d-\\d\\dT.*Z")) return times.moment(Instant.parse(text));
      if (text.matches("\\d{4}-\\d\\d-\\d\\d")) return times.day(LocalDate.parse(text).toString());
    } catch (DateTimeException notOne) {
      return text;
    }
    return text;
  }
}
