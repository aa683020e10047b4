package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.graph.query.Query;
import plaza.ngsild.query.QueryParser;

/// Deletes what a query finds: whole entities, or of each the attributes to drop or all but those
/// to keep (clauses 5.6.21, 6.4.3.3). One pass over the matches, written by the thousand.
final class Purge {
  static final Set<String> KNOWN =
      Set.of(
          "type",
          "id",
          "idPattern",
          "attrs",
          "q",
          "georel",
          "geometry",
          "coordinates",
          "geoproperty",
          "geometryProperty",
          "scopeQ",
          "csf",
          "drop",
          "keep",
          "local",
          "expandValues",
          "jsonKeys",
          "options");
  private static final int AT_ONCE = 1_000;
  private static final int IDS_AT_ONCE = 60;

  private final Desk desk;
  private final Call call;
  private final @Nullable Set<String> drop;
  private final @Nullable Set<String> keep;
  private final List<Outcome> outcomes = new ArrayList<>();

  Purge(Desk desk, Call call) {
    this.desk = desk;
    this.call = call;
    this.drop = names("drop");
    this.keep = names("keep");
    if (drop != null && keep != null)
      throw new Refusal.Invalid(
          "drop cannot stand beside keep; name the attributes in one of them");
  }

  private @Nullable Set<String> names(String parameter) {
    var written = call.list(parameter);
    if (written.isEmpty()) return null;
    return Set.copyOf(QueryParser.names(written, parameter, call.context()));
  }

  /// @param map which of its entities may go (Table 6.4.3.3-2); null for all that match
  BatchResults run(Address address, Query query, @Nullable EntityMap map) {
    var queries = map == null ? List.of(query) : parts(query, map);
    for (var some : queries) here(address, some);
    var results = new BatchResults(outcomes, List.of());
    var write = desk.policy.rights(call.actor(), address).write();
    for (var some : queries)
      desk.federation.purge(call, address, some, drop, keep, write, map, results);
    return results;
  }

  /// The same query about the entities of a map, as many at once as a URL can name.
  private static List<Query> parts(Query query, EntityMap map) {
    var parts = new ArrayList<Query>();
    for (int from = 0; from < map.size(); from += IDS_AT_ONCE)
      parts.add(MappedQuery.only(query, map.ids(from, IDS_AT_ONCE)));
    return parts;
  }

  private void here(Address address, Query query) {
    var edits = new ArrayList<Edit>();
    desk.reader.each(
        call.actor(),
        address,
        query,
        entity -> {
          var edit = edit(entity);
          if (edit != null) edits.add(edit);
          if (edits.size() == AT_ONCE) write(address, edits);
          return true;
        });
    write(address, edits);
  }

  private @Nullable Edit edit(Entity entity) {
    if (drop == null && keep == null) return new Edit.Delete(entity.id());
    var gone =
        entity.attributes().stream()
            .filter(this::goes)
            .map(attribute -> new Edit.Instance(attribute.name(), attribute.datasetId()))
            .toList();
    return gone.isEmpty() ? null : new Edit.Update(entity.id(), List.of(), null, List.of(), gone);
  }

  private boolean goes(Attribute attribute) {
    return drop == null
        ? !Objects.requireNonNull(keep).contains(attribute.name())
        : drop.contains(attribute.name());
  }

  private void write(Address address, List<Edit> edits) {
    if (edits.isEmpty()) return;
    outcomes.addAll(
        desk.ledger.write(call.actor(), Write.each(address, List.copyOf(edits))).outcomes());
    edits.clear();
  }
}
