package plaza.store.postgres;

import java.util.List;

/// What one statement can do to one table. The rows come as arrays, one for each column.
enum Part {
  NAMES("insert into names select * from %s on conflict do nothing", "int4", "bytea"),
  LAYERS("insert into layers select * from %s on conflict do nothing", "int4", "text", "text"),
  STATE_PUT(
      """
      insert into state (layer, id, gone, ends, print, body) select * from %s
      on conflict (layer, id) do update set
        gone = excluded.gone, ends = excluded.ends, print = excluded.print, body = excluded.body\
      """,
      "int4", "text", "bool", "int8", "int4", "bytea"),
  STATE_CUT(
      "delete from state t using %s as r(layer, id) where t.layer = r.layer and t.id = r.id",
      "int4", "text"),
  LOOKUP_PUT(
      "insert into lookup select * from %s on conflict do nothing",
      "int4", "bool", "int4", "int4", "bytea", "text"),
  LOOKUP_CUT(
      """
      delete from lookup t using %s as r(layer, gone, attribute, type, term, id)
      where t.layer = r.layer and t.gone = r.gone and t.attribute = r.attribute
        and t.type = r.type and t.term = r.term and t.id = r.id\
      """,
      "int4", "bool", "int4", "int4", "bytea", "text"),
  HISTORY(
      "insert into history select * from %s",
      "int4", "int4", "text", "int8", "int8", "int4", "float8", "bool", "int4", "bytea"),
  KNOWN("insert into known select * from %s on conflict do nothing", "int4", "int4", "text"),
  ERASED("insert into erased select * from %s", "int4", "text", "int8", "bytea"),
  CENSUS(
      """
      insert into census select * from %s
      on conflict (layer, type) do update set entities = excluded.entities\
      """,
      "int4", "int4", "int8"),
  FEED("insert into feed select * from %s", "int8", "int4", "bytea"),
  NOTES_PUT(
      """
      insert into notes select * from %s
      on conflict (owner, key) do update set value = excluded.value\
      """,
      "text", "bytea", "bytea"),
  NOTES_CUT(
      "delete from notes t using %s as r(owner, key) where t.owner = r.owner and t.key = r.key",
      "text", "bytea");

  private final String sql;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes none that changes
  private final List<String> types;

  Part(String sql, String... types) {
    var arrays = new StringBuilder("unnest(");
    for (int i = 0; i < types.length; i++)
      arrays.append(i == 0 ? "" : ", ").append("?::").append(types[i]).append("[]");
    this.sql = sql.formatted(arrays.append(')'));
    this.types = List.of(types);
  }

  String sql() {
    return sql;
  }

  int columns() {
    return types.size();
  }

  String type(int column) {
    return types.get(column);
  }
}
