package plaza.programme.figures;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.record.Dossier;

/// One record behind a figure: which it is, what it counts as, and the facts that decide it.
final class Row {
  private final Map<String, Value> members = new LinkedHashMap<>();

  private Row() {}

  /// Of a record that is not public, only its kind and that it counts.
  static Row of(Dossier record) {
    var row = new Row();
    boolean concealed = record.kind().isConcealed(record.state());
    row.members.put("record", concealed ? Value.Null.VALUE : Value.of(record.id()));
    row.members.put("type", Value.of(record.kind().title()));
    row.members.put("title", concealed ? Value.of("not public") : Value.of(title(record)));
    row.members.put("state", concealed ? Value.Null.VALUE : Value.of(record.state()));
    return row;
  }

  private static String title(Dossier record) {
    for (var name : List.of("title", "name"))
      if (record.findText(name).isPresent()) return record.text(name);
    return record.id().substring(record.id().lastIndexOf(':') + 1);
  }

  Row with(String name, @Nullable Value value) {
    members.put(name, value == null ? Value.Null.VALUE : value);
    return this;
  }

  Row with(String name, String text) {
    return with(name, Value.of(text));
  }

  Row with(String name, @Nullable Instant at) {
    return with(name, at == null ? null : Value.of(at.toString()));
  }

  Row with(String name, @Nullable Double number) {
    return with(name, number == null ? null : Value.of(number));
  }

  Row with(String name, boolean flag) {
    return with(name, Value.of(flag));
  }

  Value.Struct struct() {
    return new Value.Struct(members);
  }
}
