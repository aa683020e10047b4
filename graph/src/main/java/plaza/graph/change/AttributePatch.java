package plaza.graph.change;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Value;

/// A fragment of an attribute instance: what is null is left as it is (clauses 5.5.12, 5.6.4).
///
/// @param name expanded name
/// @param delete the instance is to go (`urn:ngsi-ld:null`)
/// @param content what it says now; null keeps what it said. JSON objects are merged, member by
///   member, into a Property's object value.
/// @param removed the metadata to drop: `observedAt`, `unitCode`, `expiresAt`
/// @param bareTerms not null when the value came bare, without a word on its kind (simplified
///   representation): the content then takes the kind of what is there (clause 5.6.17). Its texts,
///   expanded as vocabulary terms; of an object of nulls the names of its members, expanded.
public record AttributePatch(
    String name,
    @Nullable String datasetId,
    boolean delete,
    @Nullable Content content,
    @Nullable Instant observedAt,
    @Nullable String unitCode,
    @Nullable Instant expiresAt,
    List<AttributePatch> subAttributes,
    List<String> removed,
    @Nullable List<String> bareTerms) {
  public AttributePatch {
    subAttributes = List.copyOf(subAttributes);
    removed = List.copyOf(removed);
  }

  /// Whether it came as a bare object that says of every member that it is to go.
  boolean takesAway() {
    return bareTerms != null
        && content instanceof Content.Property(Value.Struct(var members))
        && !members.isEmpty()
        && members.values().stream().allMatch(Value.of(Names.NGSI_NULL)::equals);
  }

  public static AttributePatch delete(String name, @Nullable String datasetId) {
    return new AttributePatch(
        name, datasetId, true, null, null, null, null, List.of(), List.of(), null);
  }

  /// A patch that sets everything an attribute says.
  public static AttributePatch of(Attribute attribute) {
    return new AttributePatch(
        attribute.name(),
        attribute.datasetId(),
        false,
        attribute.content(),
        attribute.observedAt(),
        attribute.unitCode(),
        attribute.expiresAt(),
        attribute.subAttributes().stream().map(AttributePatch::of).toList(),
        List.of(),
        null);
  }
}
