package plaza.ngsild.temporal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What clauses 4.11 and 4.5.19 say, word by word, over the instances of one attribute as an
/// evolution shows them. Slow and plain: the reference the face is checked against.
public record NaiveTemporal(
    String timeproperty, @Nullable Instant from, @Nullable Instant until, int lastN) {

  /// The instances asked for, in the order of the answer.
  public List<Value> select(List<Value> instances, @Nullable String datasetId) {
    var found = new ArrayList<Value>();
    for (var instance : instances) {
      var at = time(instance);
      if (at == null
          || (from != null && at.isBefore(from))
          || (until != null && !at.isBefore(until))) continue;
      if (datasetId != null
          && !datasetId.equals(
              text(instance, "datasetId") == null ? "@none" : text(instance, "datasetId")))
        continue;
      found.add(instance);
    }
    Comparator<Value> order =
        Comparator.comparing(this::time)
            .thenComparingLong(one -> place(one)[0])
            .thenComparingLong(one -> place(one)[1]);
    found.sort(lastN > 0 ? order.reversed() : order);
    return lastN > 0 && found.size() > lastN ? found.subList(0, lastN) : found;
  }

  public @Nullable Instant time(Value instance) {
    var text = text(instance, timeproperty);
    return text == null ? null : Instant.parse(text);
  }

  private static long[] place(Value instance) {
    var id = text(instance, "instanceId").split(":");
    var parts = id[id.length - 1].split("-");
    return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
  }

  public static @Nullable String text(Value instance, String member) {
    return ((Value.Struct) instance).members().get(member) instanceof Value.Text(var text)
        ? text
        : null;
  }

  /// One result for each period that has a value: the period's start and the result.
  ///
  /// @return empty where the method has no meaning
  public TreeMap<Instant, Object> aggregate(
      List<Value> selected, String method, Duration period, Instant start) {
    var byPeriod = new TreeMap<Instant, List<Value>>();
    for (var instance : selected) {
      if (text(instance, "deletedAt") != null) continue;
      var at = time(instance);
      long periods = period.isZero() ? 0 : Duration.between(start, at).dividedBy(period);
      byPeriod
          .computeIfAbsent(start.plus(period.multipliedBy(periods)), _ -> new ArrayList<>())
          .add(said(instance));
    }
    var results = new TreeMap<Instant, Object>();
    byPeriod.forEach((at, values) -> {
      var result = aggregate(values, method);
      if (result != null) results.put(at, result);
    });
    return results;
  }

  private static Value said(Value instance) {
    var members = ((Value.Struct) instance).members();
    return members.containsKey("object") ? members.get("object") : members.get("value");
  }

  private static @Nullable Object aggregate(List<Value> values, String method) {
    if (method.equals("totalCount")) return (double) values.size();
    if (method.equals("distinctCount")) return (double) new HashSet<>(plain(values)).size();
    var first = values.getFirst();
    if (first instanceof Value.Text) {
      var texts = values.stream().map(value -> ((Value.Text) value).text()).sorted().toList();
      if (texts.getFirst().startsWith("urn:")) return null;
      if (method.equals("min")) return texts.getFirst();
      return method.equals("max") ? texts.getLast() : null;
    }
    if (first instanceof Value.Items && (method.equals("stddev") || method.equals("sumsq")))
      return null;
    ToDoubleFunction<Value> number =
        value ->
            switch (value) {
              case Value.Flag(boolean set) -> set ? 1 : 0;
              case Value.Items(var items) -> items.size();
              default -> value.asNumber();
            };
    var numbers = values.stream().mapToDouble(number).toArray();
    double sum = java.util.Arrays.stream(numbers).sum();
    double mean = sum / numbers.length;
    return switch (method) {
      case "sum" -> sum;
      case "avg" -> mean;
      case "min" -> java.util.Arrays.stream(numbers).min().orElseThrow();
      case "max" -> java.util.Arrays.stream(numbers).max().orElseThrow();
      case "sumsq" -> java.util.Arrays.stream(numbers).map(one -> one * one).sum();
      case "stddev" ->
          Math.sqrt(
              java.util.Arrays.stream(numbers).map(one -> (one - mean) * (one - mean)).sum()
                  / numbers.length);
      default -> throw new IllegalArgumentException(method);
    };
  }

  /// Numbers that are equal are not distinct, however they are written.
  private static List<Object> plain(List<Value> values) {
    return values.stream()
        .<Object>map(value ->
            value instanceof Value.Whole || value instanceof Value.Decimal
                ? value.asNumber()
                : value)
        .toList();
  }
}
