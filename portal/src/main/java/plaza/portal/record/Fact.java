package plaza.portal.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import plaza.graph.Value;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;

/// One field of a record as people read it.
public record Fact(String name, List<Piece> pieces) {
  private static final Set<String> ELSEWHERE =
      Set.of(
          "id",
          "type",
          "state",
          "version",
          "actions",
          "title",
          "createdAt",
          "commitments",
          "tranches",
          "disbursements",
          "grants",
          "gates");

  /// @param href where it leads; empty for nowhere
  /// @param code whether it is written as a machine would
  public record Piece(String text, String href, boolean code) {}

  public Fact {
    pieces = List.copyOf(pieces);
  }

  static List<Fact> of(Seen record, Times times) {
    return record.view().members().entrySet().stream()
        .filter(one -> !ELSEWHERE.contains(one.getKey()) && !isEmpty(one.getValue()))
        .map(one -> new Fact(Plain.words(one.getKey()), pieces(one.getValue(), times)))
        .toList();
  }

  private static boolean isEmpty(Value value) {
    return value instanceof Value.Null || value.equals(new Value.Items(List.of()));
  }

  private static List<Piece> pieces(Value value, Times times) {
    if (value instanceof Value.Items(var items)
        && items.stream().noneMatch(Value.Struct.class::isInstance))
      return items.stream().map(item -> piece(item, times)).toList();
    if (value instanceof Value.Items(var items) && items.stream().noneMatch(Fact::isForMachines))
      return items.stream().map(item -> new Piece(said(item, times), "", false)).toList();
    if (value instanceof Value.Struct(var members) && !isForMachines(value))
      return members.entrySet().stream()
          .filter(member -> !isEmpty(member.getValue()))
          .map(member ->
              new Piece(
                  Plain.words(member.getKey()) + ": " + said(member.getValue(), times), "", false))
          .toList();
    return List.of(piece(value, times));
  }

  private static Piece piece(Value value, Times times) {
    return switch (value) {
      case Value.Text(var text) ->
          new Piece(
              moment(text).map(times::moment).orElse(text),
              Collection.href(text).orElse(""),
              text.startsWith("urn:"));
      case Value.Flag(boolean set) -> new Piece(set ? "Yes" : "No", "", false);
      case Value.Whole _, Value.Decimal _ -> new Piece(FormJson.text(value), "", false);
      case Value.Items _, Value.Struct _, Value.Null _ -> new Piece(FormJson.text(value), "", true);
    };
  }

  /// A shape, or the definition of something that is computed: shown as it is written.
  private static boolean isForMachines(Value value) {
    return value instanceof Value.Struct(var members)
        && (members.containsKey("coordinates")
            || members.containsKey("entityType")
            || members.values().stream().anyMatch(Fact::isForMachines));
  }

  /// A value in one line, with what is unknown left out.
  private static String said(Value value, Times times) {
    return switch (value) {
      case Value.Struct(var members) ->
          members.entrySet().stream()
              .filter(member -> !isEmpty(member.getValue()))
              .map(member ->
                  (member.getKey().equals("text")
                          ? ""
                          : Plain.words(member.getKey()).toLowerCase(Locale.ROOT) + " ")
                      + said(member.getValue(), times))
              .collect(Collectors.joining(", "));
      case Value.Items(var items) ->
          items.stream().map(item -> said(item, times)).collect(Collectors.joining("; "));
      case Value.Null _ -> "unknown";
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _ -> piece(value, times).text();
    };
  }

  /// Whether a text may stand in a form as the id of a record.
  static boolean isId(String text) {
    return text.matches("urn:[A-Za-z0-9:._-]{1,200}");
  }

  private static Optional<Instant> moment(String text) {
    if (!text.matches("\\d{4}-\\d\\d-\\d\\dT.*Z")) return Optional.empty();
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }
}
