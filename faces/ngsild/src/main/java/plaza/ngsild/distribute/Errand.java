package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.source.Operation;

/// One change of one entity, as it is asked of sources.
///
/// @param entityId in the path of the request, unless it creates the entity
/// @param types expanded, as far as known; empty when nobody knows them
/// @param method of HTTP
/// @param root `/entities` or `/temporal/entities`
/// @param tail what follows the entity's id in the path, such as `/attrs`; null when the request is
///   about the collection
/// @param attribute expanded name of the attribute in the path, if there is one
/// @param after what follows the attribute in the path
/// @param parameters of the URL
/// @param writing what is written; null for deletions
/// @param attributeBody whether the body is that of the attribute in the path
public record Errand(
    Operation operation,
    String entityId,
    List<String> types,
    String method,
    String root,
    @Nullable String tail,
    @Nullable String attribute,
    String after,
    Map<String, String> parameters,
    @Nullable Writing writing,
    boolean attributeBody) {
  public Errand {
    types = List.copyOf(types);
    parameters = Map.copyOf(parameters);
  }

  /// About the collection, such as a creation.
  public static Errand creation(
      Operation operation,
      String root,
      String entityId,
      List<String> types,
      Map<String, String> parameters,
      Writing writing) {
    return new Errand(
        operation, entityId, types, "POST", root, null, null, "", parameters, writing, false);
  }

  /// About an entity, with some of its attributes in the body or with none.
  public static Errand entity(
      Operation operation,
      String method,
      String root,
      String entityId,
      String tail,
      List<String> types,
      Map<String, String> parameters,
      @Nullable Writing writing) {
    return new Errand(
        operation, entityId, types, method, root, tail, null, "", parameters, writing, false);
  }

  /// About one attribute.
  ///
  /// @param after what follows the attribute in the path, such as an instance's id
  public static Errand attribute(
      Operation operation,
      String method,
      String root,
      String entityId,
      String attribute,
      String after,
      List<String> types,
      Map<String, String> parameters,
      @Nullable Writing body) {
    return new Errand(
        operation,
        entityId,
        types,
        method,
        root,
        "/attrs/",
        attribute,
        after,
        parameters,
        body,
        true);
  }

  /// What is written or deleted; empty for the entity as such.
  Targets targets() {
    if (attribute != null) return Targets.of(attribute, datasets());
    return writing == null ? Targets.whole(Set.of()) : writing.targets();
  }

  private Set<String> datasets() {
    // Which one an instance's id means only its holder knows (clauses 5.6.14, 5.6.15).
    if (!after.isEmpty() || isAboutAll()) return Set.of(Targets.ANY);
    if (writing != null) return writing.dataset();
    return Set.of(parameters.getOrDefault("datasetId", Targets.NONE));
  }

  private boolean isAboutAll() {
    return parameters.getOrDefault("deleteAll", "").equals("true");
  }

  /// As it is put to one source: where all instances of an attribute go, a source that was
  /// registered for some of them is told of each (clause 4.3.6.1).
  List<Errand> within(Routing.Parcel parcel) {
    if (attribute == null || !isAboutAll() || parcel.targets().has(attribute, Targets.ANY))
      return List.of(this);
    var errands = new ArrayList<Errand>();
    for (var id : parcel.targets().datasets().getOrDefault(attribute, Set.of())) {
      var said = new LinkedHashMap<>(parameters);
      said.remove("deleteAll");
      if (id.equals(Targets.NONE)) said.remove("datasetId");
      else said.put("datasetId", id);
      errands.add(
          Errand.attribute(
              operation, method, root, entityId, attribute, after, types, said, writing));
    }
    return errands;
  }

  SourceRequest request(Routing.Parcel parcel, Dialect dialect) {
    var path = new StringBuilder(root);
    if (tail != null) {
      path.append('/').append(SourceRequest.segment(entityId)).append(tail);
      if (attribute != null) path.append(SourceRequest.segment(dialect.name(attribute)));
      path.append(Instances.there(after, parcel.match().registration()));
    }
    var plain = new Plain(operation, parameters);
    var said = new LinkedHashMap<>(plain.parameters());
    // The caller's names, which only his own context explains.
    if (!dialect.own()) said.remove("type");
    return new SourceRequest(method, path.toString(), said, body(parcel, plain));
  }

  private plaza.graph.Value.@Nullable Struct body(Routing.Parcel parcel, Plain plain) {
    if (writing == null) return null;
    if (attributeBody) return plain.body(writing.document());
    return plain.body(
        writing.only(parcel.targets()).typed(Routing.types(parcel.match())).document());
  }
}
