package plaza.ngsild.snapshot;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ngsild.context.Context;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.temporal.TemporalQuery;

/// A Snapshot document as somebody sends it (clause 5.2.41), read and found valid.
///
/// @param id null to be given one
/// @param wishes what of it is kept
record SnapshotDraft(
    @Nullable String id,
    Map<String, Value> wishes,
    List<Query> queries,
    List<Past> temporalQueries,
    @Nullable String lifetime) {
  private static final int MOST_QUERIES = 100;
  private static final List<String> KEPT = List.of("snapshotPriority", "endpoint", "receiverInfo");

  /// A query of what was.
  record Past(Query query, TemporalQuery when) {}

  /// To be made, from queries.
  static SnapshotDraft create(Map<String, Value> document, Context context) {
    var draft = read(document, context, true);
    if (draft.queries.isEmpty() && draft.temporalQueries.isEmpty())
      throw new Refusal.Invalid(
          "a snapshot needs snapshotQueries or snapshotTemporalQueries with at least one Query");
    return draft;
  }

  /// To be cloned, or changed: the queries are those of the original.
  static SnapshotDraft other(Map<String, Value> document, Context context) {
    for (var name : List.of("snapshotQueries", "snapshotTemporalQueries"))
      if (document.containsKey(name))
        throw new Refusal.Invalid(name + " can be given only when a snapshot is made");
    return read(document, context, false);
  }

  private static SnapshotDraft read(Map<String, Value> document, Context context, boolean whole) {
    var type = document.get("type");
    if (type == null ? whole : !type.equals(Value.of("Snapshot")))
      throw new Refusal.Invalid("the body needs \"type\": \"Snapshot\"");
    var wishes = new LinkedHashMap<String, Value>();
    for (var name : List.of("snapshotQueries", "snapshotTemporalQueries")) {
      var queries = document.get(name);
      if (queries != null) wishes.put(name, queries);
    }
    for (var name : KEPT) {
      var value = document.get(name);
      if (value != null) wishes.put(name, value);
    }
    requirePriority(wishes.get("snapshotPriority"));
    requireEndpoint(wishes.get("endpoint"));
    requireReceiverInfo(wishes.get("receiverInfo"));
    var id = QueryParser.text(document.get("id"), "id");
    return new SnapshotDraft(
        id == null ? null : Names.uri(id, "a snapshot id"),
        wishes,
        list(document.get("snapshotQueries"), "snapshotQueries").stream()
            .map(query -> query(query, context))
            .toList(),
        list(document.get("snapshotTemporalQueries"), "snapshotTemporalQueries").stream()
            .map(query -> past(query, context))
            .toList(),
        QueryParser.text(document.get("snapshotLifetime"), "snapshotLifetime"));
  }

  private static List<Value.Struct> list(@Nullable Value value, String name) {
    if (value == null) return List.of();
    if (!(value instanceof Value.Items(var items))
        || items.isEmpty()
        || items.size() > MOST_QUERIES)
      throw new Refusal.Invalid(name + " must be an array of 1 to " + MOST_QUERIES + " queries");
    var queries = new ArrayList<Value.Struct>();
    for (var item : items) {
      if (!(item instanceof Value.Struct query)
          || !Value.of("Query").equals(query.members().get("type")))
        throw new Refusal.Invalid(name + ": each needs \"type\": \"Query\"");
      queries.add(query);
    }
    return queries;
  }

  private static Query query(Value.Struct document, Context context) {
    if (document.members().containsKey("temporalQ"))
      throw new Refusal.Invalid(
          "snapshotQueries: a Query has no temporalQ; put it into snapshotTemporalQueries");
    var level = JoinParser.parse(JoinParser.members(document.members()), context).level();
    return QueryParser.parse(document, context, level);
  }

  private static Past past(Value.Struct document, Context context) {
    if (!(document.members().get("temporalQ") instanceof Value.Struct(var when)))
      throw new Refusal.Invalid("snapshotTemporalQueries: a Query needs a temporalQ");
    var query = QueryParser.parse(document, context);
    return new Past(query, TemporalQuery.parse(JoinParser.members(when)));
  }

  private static void requirePriority(@Nullable Value priority) {
    if (priority == null) return;
    if (!(priority instanceof Value.Whole(long number)) || number < 1 || number > 10)
      throw new Refusal.Invalid("snapshotPriority must be a whole number from 1 to 10");
  }

  private static void requireEndpoint(@Nullable Value endpoint) {
    var text = QueryParser.text(endpoint, "endpoint");
    if (text == null) return;
    try {
      var uri = new URI(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) return;
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new Refusal.Invalid("endpoint must be an http or https URL, not '" + text + "'");
  }

  private static void requireReceiverInfo(@Nullable Value info) {
    if (info == null) return;
    boolean good =
        info instanceof Value.Items(var items)
            && items.stream()
                .allMatch(item ->
                    item instanceof Value.Struct(var pair)
                        && pair.get("key") instanceof Value.Text
                        && pair.get("value") instanceof Value.Text);
    if (!good)
      throw new Refusal.Invalid(
          "receiverInfo must be an array of objects with the texts key and value");
  }
}
