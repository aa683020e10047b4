package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;

/// Something an entity must have for a condition to hold. It is necessary, not sufficient: what it
/// finds is evaluated afterwards.
sealed interface Probe {
  /// @return expanded name of the attribute it looks at
  String attribute();

  /// One of the attribute's values is this: a text, a number or a boolean.
  record Is(String attribute, Object key) implements Probe {}

  /// One of the attribute's values is a number not less than this.
  record AtLeast(String attribute, double bound) implements Probe {}

  /// One of the attribute's values is a number not greater than this.
  record AtMost(String attribute, double bound) implements Probe {}

  /// One of the attribute's places touches this box, in degrees.
  record In(String attribute, Envelope box) implements Probe {}

  /// What stands for no attribute at the beginning of a path (clause 4.9).
  Set<String> MEMBERS = Set.of("id", "type", "scope", "createdAt", "modifiedAt", "expiresAt");

  /// Of these at least one must hold for the query to be met; empty when nothing is known.
  static List<Probe> of(Query query) {
    var ofCondition = of(query.condition());
    if (!ofCondition.isEmpty() && isExact(ofCondition)) return ofCondition;
    var geo = query.geo();
    if (geo == null) return ofCondition;
    var box = Surroundings.of(geo);
    return box == null ? ofCondition : List.of(new In(geo.property(), box));
  }

  /// Of these at least one must hold for the condition to hold; empty when nothing is known.
  static List<Probe> of(@Nullable Condition condition) {
    return switch (condition) {
      case null -> List.of();
      case Condition.Test test -> of(test);
      case Condition.And(var parts) -> ofOne(parts);
      case Condition.Or(var parts) -> ofEach(parts);
      // What is known of a neighbour is not in the change.
      case Condition.Exists _, Condition.Linked _ -> List.of();
    };
  }

  /// The narrowest part is enough.
  private static List<Probe> ofOne(List<Condition> parts) {
    List<Probe> best = List.of();
    for (var part : parts) {
      var probes = of(part);
      if (best.isEmpty() || (!probes.isEmpty() && isExact(probes) && !isExact(best))) best = probes;
    }
    return best;
  }

  private static boolean isExact(List<Probe> probes) {
    return probes.stream().allMatch(Is.class::isInstance);
  }

  private static List<Probe> ofEach(List<Condition> parts) {
    var all = new ArrayList<Probe>();
    for (var part : parts) {
      var probes = of(part);
      if (probes.isEmpty()) return List.of();
      all.addAll(probes);
    }
    return all;
  }

  private static List<Probe> of(Condition.Test test) {
    if (!test.path().isPlain() || MEMBERS.contains(test.path().attribute())) return List.of();
    var probes = new ArrayList<Probe>();
    for (var wanted : test.wanted()) {
      var some =
          switch (test.operator()) {
            case EQUAL -> equal(test.path(), wanted);
            case GREATER, GREATER_OR_EQUAL -> bound(test.path(), wanted, true);
            case LESS, LESS_OR_EQUAL -> bound(test.path(), wanted, false);
            case UNEQUAL, MATCHES, MATCHES_NOT -> List.<Probe>of();
          };
      if (some.isEmpty()) return List.of();
      probes.addAll(some);
    }
    return probes;
  }

  private static List<Probe> equal(Path path, Operand wanted) {
    return switch (wanted) {
      case Operand.Exactly(var value) -> {
        var key = key(value);
        yield key == null ? List.of() : List.of(new Is(path.attribute(), key));
      }
      case Operand.Term(var text, var expanded) ->
          text.equals(expanded)
              ? List.of(new Is(path.attribute(), text))
              : List.of(new Is(path.attribute(), text), new Is(path.attribute(), expanded));
      case Operand.Between(var low, _) -> bound(path, low, true);
      case Operand.Moment _, Operand.Regex _ -> List.of();
    };
  }

  private static List<Probe> bound(Path path, Operand wanted, boolean least) {
    if (!(wanted instanceof Operand.Exactly(var value)) || Double.isNaN(value.asNumber()))
      return List.of();
    double number = value.asNumber() + 0.0;
    return List.of(
        least ? new AtLeast(path.attribute(), number) : new AtMost(path.attribute(), number));
  }

  /// What equal values have in common; null for what is not looked up. Numbers are equal as
  /// doubles, whatever their kind, and zero has no sign.
  static @Nullable Object key(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Whole _, Value.Decimal _ -> value.asNumber() + 0.0;
      case Value.Flag(boolean set) -> set;
      case Value.Null _, Value.Items _, Value.Struct _ -> null;
    };
  }
}
