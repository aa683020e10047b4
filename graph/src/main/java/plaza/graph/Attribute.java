package plaza.graph;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One instance of an attribute of an entity, and the moment it was true.
///
/// An entity may hold several instances under one name, told apart by [#datasetId] (clause 4.5.5).
/// Times are UTC and kept to the microsecond.
///
/// @param name expanded name (absolute IRI)
/// @param datasetId URI; null for the default instance
/// @param observedAt when it was true, by the sensor's clock
/// @param unitCode UN/CEFACT code such as `CEL`
/// @param subAttributes what is said about this attribute, nested to any depth
/// @param createdAt set by the ledger; null until written
/// @param modifiedAt set by the ledger; null until written
/// @param deletedAt set on the instance that records a deletion in history, else null
/// @param expiresAt when the ledger may forget it, else null
public record Attribute(
    String name,
    @Nullable String datasetId,
    Content content,
    @Nullable Instant observedAt,
    @Nullable String unitCode,
    List<Attribute> subAttributes,
    @Nullable Instant createdAt,
    @Nullable Instant modifiedAt,
    @Nullable Instant deletedAt,
    @Nullable Instant expiresAt) {
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  public Attribute {
    subAttributes = List.copyOf(subAttributes);
    // Stores keep microseconds: truncated here, so that a fact read back equals the fact written.
    observedAt = kept(observedAt, "observedAt");
    createdAt = kept(createdAt, "createdAt");
    modifiedAt = kept(modifiedAt, "modifiedAt");
    deletedAt = kept(deletedAt, "deletedAt");
    expiresAt = kept(expiresAt, "expiresAt");
  }

  public static Attribute of(String name, Content content) {
    return new Attribute(name, null, content, null, null, List.of(), null, null, null, null);
  }

  public static Attribute of(String name, Value value) {
    return of(name, new Content.Property(value));
  }

  public static Attribute of(String name, Value value, Instant observedAt) {
    return of(name, value).observed(observedAt);
  }

  public Attribute observed(@Nullable Instant at) {
    return new Attribute(
        name,
        datasetId,
        content,
        at,
        unitCode,
        subAttributes,
        createdAt,
        modifiedAt,
        deletedAt,
        expiresAt);
  }

  public Attribute stamped(@Nullable Instant created, @Nullable Instant modified) {
    return new Attribute(
        name,
        datasetId,
        content,
        observedAt,
        unitCode,
        subAttributes,
        created,
        modified,
        deletedAt,
        expiresAt);
  }

  public Attribute deleted(Instant at) {
    return new Attribute(
        name,
        datasetId,
        content,
        observedAt,
        unitCode,
        subAttributes,
        createdAt,
        at,
        at,
        expiresAt);
  }

  public Attribute with(List<Attribute> newSubAttributes) {
    return new Attribute(
        name,
        datasetId,
        content,
        observedAt,
        unitCode,
        newSubAttributes,
        createdAt,
        modifiedAt,
        deletedAt,
        expiresAt);
  }

  /// When it happened as far as anybody knows: observedAt, else when it was last written.
  public Instant eventTime() {
    if (observedAt != null) return observedAt;
    if (modifiedAt != null) return modifiedAt;
    throw new IllegalStateException(name + " was never written and has no time");
  }

  /// Whether it has ended by then (clause 4.22).
  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  static @Nullable Instant earliest(@Nullable Instant first, List<Attribute> attributes) {
    var earliest = first;
    for (var attribute : attributes) {
      if (attribute.expiresAt == null && attribute.subAttributes.isEmpty()) continue;
      var next = earliest(attribute.expiresAt, attribute.subAttributes);
      if (next != null && (earliest == null || next.isBefore(earliest))) earliest = next;
    }
    return earliest;
  }

  /// Those that have not ended, at every depth.
  public static List<Attribute> unexpired(List<Attribute> attributes, Instant now) {
    return attributes.stream()
        .filter(attribute -> !attribute.isExpired(now))
        .map(attribute ->
            earliest(null, attribute.subAttributes) == null
                ? attribute
                : attribute.with(unexpired(attribute.subAttributes, now)))
        .toList();
  }

  public boolean sameInstanceAs(Attribute other) {
    return name.equals(other.name) && java.util.Objects.equals(datasetId, other.datasetId);
  }

  /// Whether both say the same, whenever they were written.
  public boolean saysTheSameAs(Attribute other) {
    return stamped(null, null).unstampedSubs().equals(other.stamped(null, null).unstampedSubs());
  }

  private Attribute unstampedSubs() {
    if (subAttributes.isEmpty()) return this;
    return with(
        subAttributes.stream().map(sub -> sub.stamped(null, null).unstampedSubs()).toList());
  }

  /// The moment to the microsecond, which every store can hold.
  ///
  /// @throws Refusal.Invalid outside of the years 0 to 9999, which RFC 3339 cannot write
  static @Nullable Instant kept(@Nullable Instant at, String what) {
    if (at == null) return null;
    if (at.getEpochSecond() < FIRST_SECOND || at.getEpochSecond() > LAST_SECOND)
      throw new Refusal.Invalid(what + " must lie in the years 0 to 9999, not at " + at);
    return at.getNano() % 1000 == 0 ? at : at.truncatedTo(MICROS);
  }
}
