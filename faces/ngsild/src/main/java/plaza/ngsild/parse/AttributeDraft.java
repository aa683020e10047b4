package plaza.ngsild.parse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.AttributePatch;
import plaza.graph.change.Edit;

/// One attribute instance as far as it has been read.
final class AttributeDraft {
  final String name;
  final String written;
  @Nullable String datasetId;
  boolean delete;

  /// Whether it tells of a deletion that has been.
  boolean gone;

  @Nullable Content content;
  @Nullable List<String> bareTerms;
  @Nullable Instant observedAt;
  @Nullable String unitCode;
  @Nullable Instant expiresAt;
  @Nullable Instant createdAt;
  @Nullable Instant modifiedAt;
  @Nullable Instant deletedAt;
  final List<String> removed = new ArrayList<>(0);
  final List<AttributeDraft> subs = new ArrayList<>(0);

  /// @param name expanded
  /// @param written as it came, for sentences
  AttributeDraft(String name, String written) {
    this.name = name;
    this.written = written;
  }

  void valueType(String type) {
    keep(Names.VALUE_TYPE, "valueType", type);
  }

  void instanceId(String id) {
    keep(Names.INSTANCE_ID, "instanceId", id);
  }

  private void keep(String name, String written, String text) {
    var sub = new AttributeDraft(name, written);
    sub.content = new Content.Property(Value.of(text));
    subs.add(sub);
  }

  /// A whole instance.
  Attribute attribute() {
    if (content == null)
      throw new Refusal.Invalid(
          written
              + " needs a value, object, languageMap, vocab, json, valueList or objectList, by its"
              + " type");
    if (delete)
      throw new Refusal.Invalid(
          written + ": " + Names.NGSI_NULL + " may stand only where something is to be deleted");
    if (gone && deletedAt == null) deletedAt = modifiedAt == null ? observedAt : modifiedAt;
    if (gone && deletedAt == null)
      throw new Refusal.Invalid(written + ": a deletion needs its deletedAt");
    return new Attribute(
        name,
        datasetId,
        content,
        observedAt,
        unitCode,
        subs.isEmpty() ? List.of() : wholeSubs(),
        createdAt,
        modifiedAt,
        deletedAt,
        expiresAt);
  }

  private List<Attribute> wholeSubs() {
    var whole = new ArrayList<Attribute>(subs.size());
    for (var sub : subs) if (!sub.delete) whole.add(sub.attribute());
    return whole;
  }

  AttributePatch patch() {
    return delete
        ? AttributePatch.delete(name, datasetId)
        : new AttributePatch(
            name,
            datasetId,
            false,
            content,
            observedAt,
            unitCode,
            expiresAt,
            subs.stream().map(AttributeDraft::patch).toList(),
            removed,
            bareTerms);
  }

  Edit.Instance instance() {
    return new Edit.Instance(name, datasetId);
  }
}
