package plaza.store.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.store.bytes.Terms.Stretch;

/// What of a condition the value index can answer: stretches of terms, of which an entity that
/// meets the condition has at least one.
///
/// @param strength how much it promises to leave out
public record Narrowing(Strength strength, List<Part> parts) {

  public enum Strength {
    EQUAL,
    BETWEEN,
    ONE_SIDED,
    KIND,
    PRESENCE
  }

  /// @param stretches empty for all rows of the attribute
  public record Part(String attribute, List<Stretch> stretches) {}

  /// Whether an entity may be found twice: by two attributes, or by stretches that overlap, such as
  /// `==5,3..8`. [Terms#ANYTHING] alone overlaps nothing.
  public boolean mayOverlap() {
    return parts.size() > 1 || parts.getFirst().stretches().size() > 2;
  }

  /// What of a query helps. Empty when the index cannot, or the types it is narrowed to already do.
  ///
  /// @param typed whether the types of its matches are known: that an attribute is there is little
  ///   more to know
  public static Optional<Narrowing> of(Query query, boolean typed) {
    return Optional.ofNullable(query.condition())
        .flatMap(Narrowing::of)
        .filter(narrowing -> !typed || narrowing.strength != Strength.PRESENCE);
  }

  private static Optional<Narrowing> of(Condition condition) {
    return switch (condition) {
      case Condition.And(var parts) ->
          // The first of the strongest: the same query always takes the same path.
          parts.stream()
              .flatMap(part -> of(part).stream())
              .min((a, b) -> a.strength.compareTo(b.strength));
      case Condition.Or(var parts) -> union(parts);
      case Condition.Exists(var path) -> presence(path);
      case Condition.Linked(var path, _, _) -> presence(path);
      case Condition.Test(var path, var operator, var wanted) ->
          isOfTheEntity(path)
              ? Optional.empty()
              : path.isPlain() ? Optional.of(test(path, operator, wanted)) : presence(path);
    };
  }

  /// Attributes have absolute IRIs; `id`, `expiresAt` and the like are the entity's own and not in
  /// the index.
  private static boolean isOfTheEntity(Path path) {
    return path.attribute().indexOf(':') < 0;
  }

  private static Optional<Narrowing> union(List<Condition> alternatives) {
    var strength = Strength.EQUAL;
    var parts = new ArrayList<Part>();
    for (var alternative : alternatives) {
      var narrowing = of(alternative);
      if (narrowing.isEmpty()) return Optional.empty();
      if (narrowing.get().strength.compareTo(strength) > 0) strength = narrowing.get().strength;
      parts.addAll(narrowing.get().parts);
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new Narrowing(strength, parts));
  }

  private static Optional<Narrowing> presence(Path path) {
    return isOfTheEntity(path) ? Optional.empty() : Optional.of(present(path.attribute()));
  }

  private static Narrowing present(String attribute) {
    return new Narrowing(Strength.PRESENCE, List.of(new Part(attribute, List.of())));
  }

  private static Narrowing test(Path path, Condition.Operator operator, List<Operand> wanted) {
    var strength = Strength.EQUAL;
    var stretches = new ArrayList<Stretch>();
    for (var operand : wanted) {
      var found =
          switch (operator) {
            case EQUAL -> equal(operand);
            case GREATER, GREATER_OR_EQUAL -> ordered(operand, true);
            case LESS, LESS_OR_EQUAL -> ordered(operand, false);
            case MATCHES -> new Found(Strength.KIND, List.of(Stretch.all(Terms.TEXT)));
            case UNEQUAL, MATCHES_NOT -> Found.NOTHING;
          };
      if (found.stretches.isEmpty()) return present(path.attribute());
      if (found.strength.compareTo(strength) > 0) strength = found.strength;
      stretches.addAll(found.stretches);
    }
    if (stretches.isEmpty()) return present(path.attribute());
    stretches.add(Stretch.all(Terms.ANYTHING));
    return new Narrowing(strength, List.of(new Part(path.attribute(), stretches)));
  }

  private record Found(Strength strength, List<Stretch> stretches) {
    static final Found NOTHING = new Found(Strength.PRESENCE, List.of());
    static final Found TEXTS = new Found(Strength.KIND, List.of(Stretch.all(Terms.TEXT)));
  }

  private static Found equal(Operand operand) {
    return switch (operand) {
      case Operand.Exactly(var value) ->
          Terms.kind(value) == Terms.PRESENT
              ? Found.NOTHING
              : new Found(Strength.EQUAL, List.of(Stretch.exactly(value)));
      case Operand.Term(var text, var expanded) ->
          new Found(
              Strength.EQUAL,
              text.equals(expanded)
                  ? List.of(Stretch.exactly(Value.of(text)))
                  : List.of(Stretch.exactly(Value.of(text)), Stretch.exactly(Value.of(expanded))));
      case Operand.Between(Operand.Exactly(var low), Operand.Exactly(var high)) ->
          Terms.kind(low) == Terms.PRESENT || Terms.kind(low) != Terms.kind(high)
              ? Found.NOTHING
              : new Found(Strength.BETWEEN, List.of(new Stretch(Terms.kind(low), low, high)));
      case Operand.Between(Operand.Moment _, Operand.Moment _) -> Found.TEXTS;
      case Operand.Between _ -> Found.NOTHING;
      // The same moment is written in many ways.
      case Operand.Moment _, Operand.Regex _ -> Found.TEXTS;
    };
  }

  private static Found ordered(Operand operand, boolean greater) {
    return switch (operand) {
      case Operand.Exactly(var value) ->
          Terms.kind(value) == Terms.PRESENT
              ? Found.NOTHING
              : new Found(
                  Strength.ONE_SIDED,
                  List.of(
                      new Stretch(
                          Terms.kind(value), greater ? value : null, greater ? null : value)));
      case Operand.Moment _, Operand.Term _ -> Found.TEXTS;
      case Operand.Between _, Operand.Regex _ -> Found.NOTHING;
    };
  }
}
