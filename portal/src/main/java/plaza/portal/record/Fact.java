package plaza.portal.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
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

  static List<Fact> of(Seen record, Titles.For titles, Times times) {
    var wording = new Wording(times, titles);
    return record.view().members().entrySet().stream()
        .filter(one -> !ELSEWHERE.contains(one.getKey()) && !Wording.isEmpty(one.getValue()))
        .map(one ->
            new Fact(Plain.words(one.getKey()), pieces(one.getKey(), one.getValue(), wording)))
        .toList();
  }

  private static List<Piece> pieces(String name, Value value, Wording wording) {
    return switch (value) {
      case Value.Items(var items) when items.stream().anyMatch(Fact::isDefinition) ->
          items.stream().flatMap(item -> pieces(name, item, wording).stream()).toList();
      case Value.Items(var items) when items.stream().noneMatch(Value.Items.class::isInstance) ->
          together(items.stream().map(item -> piece(name, item, wording)).toList());
      case Value.Struct(var members) when !Wording.isOne(members) ->
          wording.lines(members).stream().map(line -> new Piece(line, "", false)).toList();
      case Value.Items _,
          Value.Struct _,
          Value.Text _,
          Value.Whole _,
          Value.Decimal _,
          Value.Flag _,
          Value.Null _ ->
          List.of(piece(name, value, wording));
    };
  }

  /// What reads the same, such as people whose names one may not know, is counted.
  private static List<Piece> together(List<Piece> pieces) {
    var often = new LinkedHashMap<Piece, Integer>();
    for (var piece : pieces) often.merge(piece, 1, Integer::sum);
    return often.entrySet().stream()
        .map(one ->
            one.getValue() == 1
                ? one.getKey()
                : new Piece(
                    one.getKey().text() + " × " + one.getValue(),
                    one.getKey().href(),
                    one.getKey().code()))
        .toList();
  }

  /// Of something that is computed: as many lines as it has members.
  private static boolean isDefinition(Value value) {
    return value instanceof Value.Struct(var members) && members.containsKey("entityType");
  }

  private static Piece piece(String name, Value value, Wording wording) {
    var said = wording.said(name, value);
    return new Piece(
        said,
        value instanceof Value.Text(var text) ? Collection.href(text).orElse("") : "",
        said.startsWith("urn:") || said.matches("[0-9a-f]{32,}"));
  }

  /// Whether a text may stand in a form as the id of a record.
  static boolean isId(String text) {
    return text.matches("urn:[A-Za-z0-9:._-]{1,200}");
  }
}
