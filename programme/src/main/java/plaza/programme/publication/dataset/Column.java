package plaza.programme.publication.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import plaza.graph.Value;
import plaza.programme.record.Dossier;

/// One thing that a dataset tells of each record.
///
/// @param of what of a record it tells; JSON's null for nothing
record Column(String name, Function<Dossier, Value> of) {
  /// Below this a number of people is not told (I14).
  static final long SMALLEST_CELL = 10;

  /// Three decimals of a degree, about a hundred metres: nobody's own door.
  private static final int DECIMALS = 3;

  static Column of(String field) {
    return new Column(field, record -> record.find(field).orElse(Value.Null.VALUE));
  }

  static List<Column> of(String... fields) {
    return List.of(fields).stream().map(Column::of).toList();
  }

  /// The day only, of what a person did.
  static Column day(String name, String field) {
    return new Column(
        name,
        record ->
            record
                .findMoment(field)
                .<Value>map(at -> Value.of(at.toString().substring(0, 10)))
                .orElse(Value.Null.VALUE));
  }

  /// The day on which the record was opened.
  static Column opened() {
    return new Column(
        "opened",
        record ->
            record.createdAt() == null
                ? Value.Null.VALUE
                : Value.of(record.createdAt().toString().substring(0, 10)));
  }

  /// How many people, and whether that is kept back: 1 to 9 are.
  static List<Column> people(String field) {
    return people(field, record -> record.count(field));
  }

  /// A part of as many people as another column tells. It is kept back too where the rest of them
  /// would be few, for who knows whole and part knows the rest.
  static List<Column> part(String field, String ofField) {
    return people(
        field,
        record -> {
          long part = record.count(field);
          long rest = record.count(ofField) - part;
          return isSmall(part) || isSmall(rest) || isSmall(record.count(ofField)) ? 1 : part;
        });
  }

  private static List<Column> people(String name, Function<Dossier, Long> count) {
    return List.of(
        new Column(
            name,
            record -> {
              long people = count.apply(record);
              return isSmall(people) ? Value.Null.VALUE : Value.of(people);
            }),
        new Column(name + "Suppressed", record -> Value.of(isSmall(count.apply(record)))));
  }

  static boolean isSmall(long people) {
    return people > 0 && people < SMALLEST_CELL;
  }

  /// A place that a person named, coarser than they named it.
  static Column roundedLocation() {
    return new Column(
        "location",
        record ->
            record.findStruct("location").<Value>map(Column::rounded).orElse(Value.Null.VALUE));
  }

  private static Value rounded(Value value) {
    return switch (value) {
      case Value.Decimal(double number) ->
          Value.of(
              BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue());
      case Value.Items(var items) -> new Value.Items(items.stream().map(Column::rounded).toList());
      case Value.Struct(var members) -> {
        var kept = new LinkedHashMap<String, Value>();
        members.forEach((name, member) -> kept.put(name, rounded(member)));
        yield new Value.Struct(kept);
      }
      case Value.Text _, Value.Whole _, Value.Flag _, Value.Null _ -> value;
    };
  }

  /// A list of objects of which only some members are told.
  static Column parts(String field, String... members) {
    var told = Set.of(members);
    return new Column(
        field,
        record -> {
          var parts = new ArrayList<Value>();
          for (var item : record.items(field))
            if (item instanceof Value.Struct(var all)) {
              var kept = new LinkedHashMap<>(all);
              kept.keySet().retainAll(told);
              parts.add(new Value.Struct(kept));
            }
          return parts.isEmpty() ? Value.Null.VALUE : new Value.Items(parts);
        });
  }
}
