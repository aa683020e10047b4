package plaza.graph.query;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// Whether a target meets what a condition asks of it (the operators of clause 4.9).
final class Comparison {
  /// What is compared to a pattern is cut there, so that a pattern cannot make a query endless.
  private static final int LONGEST_MATCHED = 10_000;

  private Comparison() {}

  static boolean holds(Condition.Test test, Target found) {
    var target = found.plain();
    var wanted = test.wanted();
    return switch (test.operator()) {
      case EQUAL -> anyMeets(target.values(), wanted);
      case UNEQUAL -> !anyMeets(target.values(), wanted);
      case MATCHES -> allTexts(target) && anyMeets(target.values(), wanted);
      case MATCHES_NOT -> allTexts(target) && !anyMeets(target.values(), wanted);
      case GREATER -> anyCompares(target, wanted, sign -> sign > 0);
      case GREATER_OR_EQUAL -> anyCompares(target, wanted, sign -> sign >= 0);
      case LESS -> anyCompares(target, wanted, sign -> sign < 0);
      case LESS_OR_EQUAL -> anyCompares(target, wanted, sign -> sign <= 0);
    };
  }

  /// A pattern asked of anything but texts does not match, nor does its opposite.
  private static boolean allTexts(Target target) {
    if (target.kind() == Target.Kind.LINK) return false;
    for (var value : target.values())
      if (value instanceof Value.Items(var items)) {
        if (target.kind() == Target.Kind.VALUE && target.values().size() == 1) return false;
        for (var item : items) if (!(item instanceof Value.Text)) return false;
      } else if (!(value instanceof Value.Text)) return false;
    return true;
  }

  private static boolean anyMeets(List<Value> targets, List<Operand> wanted) {
    for (var target : targets) for (var operand : wanted) if (meets(target, operand)) return true;
    return false;
  }

  private static boolean meets(Value target, Operand operand) {
    if (target instanceof Value.Items(var items)
        && !(operand instanceof Operand.Exactly(Value.Items _))) {
      for (var item : items) if (meets(item, operand)) return true;
      return false;
    }
    return switch (operand) {
      case Operand.Between(var low, var high) -> {
        Integer fromLow = compare(target, low);
        Integer fromHigh = compare(target, high);
        yield fromLow != null && fromHigh != null && fromLow >= 0 && fromHigh <= 0;
      }
      case Operand.Regex(var pattern) ->
          target instanceof Value.Text(var text)
              && Search.finds(
                  pattern,
                  text.length() <= LONGEST_MATCHED ? text : text.substring(0, LONGEST_MATCHED));
      case Operand.Term(var text, var expanded) ->
          target instanceof Value.Text(var found) && (found.equals(expanded) || found.equals(text));
      case Operand.Exactly _, Operand.Moment _ -> {
        Integer sign = compare(target, operand);
        yield sign != null && sign == 0;
      }
    };
  }

  private static boolean anyCompares(Target target, List<Operand> wanted, IntPredicate holds) {
    if (target.kind() == Target.Kind.LINK) return false;
    for (var value : target.values())
      for (var operand : wanted) {
        Integer sign = compare(value, operand);
        if (sign != null && holds.test(sign)) return true;
      }
    return false;
  }

  /// Less, equal or greater; null when the two are of different types.
  private static @Nullable Integer compare(Value target, Operand operand) {
    return switch (operand) {
      case Operand.Exactly(var value) -> compare(target, value);
      case Operand.Moment(var at, var text) -> {
        if (!(target instanceof Value.Text(var found))) yield null;
        var moment = moment(found);
        if (moment != null) yield (Integer) moment.compareTo(at);
        yield found.equals(text) ? (Integer) 0 : null;
      }
      case Operand.Term(var text, _) ->
          target instanceof Value.Text(var found) ? (Integer) found.compareTo(text) : null;
      case Operand.Between _, Operand.Regex _ -> null;
    };
  }

  private static @Nullable Integer compare(Value target, Value wanted) {
    return switch (wanted) {
      case Value.Whole _, Value.Decimal _ -> {
        double found = target.asNumber();
        yield Double.isNaN(found) ? null : (Integer) compareNumbers(target, wanted);
      }
      case Value.Text(var text) ->
          target instanceof Value.Text(var found) ? (Integer) found.compareTo(text) : null;
      case Value.Flag(boolean set) ->
          target instanceof Value.Flag(boolean found)
              ? (Integer) Boolean.compare(found, set)
              : null;
      case Value.Null _, Value.Items _, Value.Struct _ ->
          target.equals(wanted) ? (Integer) 0 : null;
    };
  }

  private static int compareNumbers(Value one, Value other) {
    return one instanceof Value.Whole(long a) && other instanceof Value.Whole(long b)
        ? Long.compare(a, b)
        : Double.compare(one.asNumber() + 0.0, other.asNumber() + 0.0);
  }

  private static @Nullable Instant moment(String text) {
    if (text.length() < 10 || text.length() > 40 || text.charAt(4) != '-') return null;
    try {
      return Moments.parse(text);
    } catch (DateTimeParseException notAMoment) {
      return null;
    }
  }
}
