package plaza.programme.publication.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// One kind of record as open data.
///
/// @param name in the address, such as `needs`
/// @param which of the records that anybody may see are in it
public record Dataset(
    String name,
    String title,
    String description,
    Kind kind,
    List<Column> columns,
    Predicate<Dossier> which) {
  static Dataset of(String name, String title, String description, Kind kind, Object... columns) {
    var all = new ArrayList<Column>();
    all.add(new Column("id", record -> Value.of(record.id())));
    if (!kind.equals(Kind.LESSON) && !kind.equals(Kind.PLACE))
      all.add(new Column("state", record -> Value.of(record.state())));
    for (var column : columns)
      switch (column) {
        case Column one -> all.add(one);
        case List<?> some -> some.forEach(one -> all.add((Column) one));
        case String field -> all.add(Column.of(field));
        default -> throw new IllegalArgumentException("no column: " + column);
      }
    return new Dataset(name, title, description, kind, List.copyOf(all), _ -> true);
  }

  Dataset only(Predicate<Dossier> whichOnes) {
    return new Dataset(name, title, description, kind, columns, whichOnes);
  }

  Dataset with(List<Column> otherColumns) {
    return new Dataset(name, title, description, kind, otherColumns, which);
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /// What is told of a record: every column, JSON's null where there is nothing.
  Map<String, Value> row(Dossier record) {
    var row = new LinkedHashMap<String, Value>();
    for (var column : columns) row.put(column.name(), column.of().apply(record));
    return row;
  }
}
