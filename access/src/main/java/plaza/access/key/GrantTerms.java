package plaza.access.key;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// What a grant permits.
///
/// @param holder URI: a key, a pilot (all its keys), an organisation (its pilot keys and verified
///   members) or a person
/// @param types expanded entity types that may be read
/// @param attributes expanded names that show; empty for all
/// @param area the entities' `location` must lie in it; null for everywhere
/// @param areaName what people call the area, such as `Daan`
/// @param dataFrom observations before it do not show; null without limit
/// @param dataUntil observations from it on do not show; null without limit
/// @param validFrom when the grant begins to work
/// @param validUntil when it ends; exclusive
/// @param namespace a vocabulary of the holder's own, ending with `#`, whose entity types it may
///   read and write; null when it may write nothing. Under [Names#PILOTS] its entities' ids name
///   the owner too ([Ground])
/// @param writeUntil when its writing there ends, before the grant does; null when with the grant
public record GrantTerms(
    String tenant,
    String holder,
    Set<String> types,
    Set<String> attributes,
    @Nullable GeoValue area,
    @Nullable String areaName,
    @Nullable Instant dataFrom,
    @Nullable Instant dataUntil,
    Instant validFrom,
    Instant validUntil,
    @Nullable String namespace,
    @Nullable Instant writeUntil) {
  public GrantTerms {
    tenant = Address.tenant(tenant).tenant();
    holder = Names.uri(holder, "a grant's holder");
    types = Set.copyOf(new TreeSet<>(types));
    attributes = Set.copyOf(new TreeSet<>(attributes));
    if (types.isEmpty() && namespace == null)
      throw new Refusal.Invalid("a grant must name the entity types it covers: " + holder);
    for (var type : types)
      if (Names.isPrivate(type) || type.endsWith("#"))
        throw new Refusal.Invalid("a grant covers public entity types one by one, not " + type);
    if (dataFrom != null && dataUntil != null && !dataUntil.isAfter(dataFrom))
      throw new Refusal.Invalid(
          "a grant's data must end after it begins: " + dataUntil + " is not after " + dataFrom);
    if (!validUntil.isAfter(validFrom))
      throw new Refusal.Invalid(
          "a grant must end after it begins: " + validUntil + " is not after " + validFrom);
    if (tenant.equals(Address.SYSTEM_TENANT))
      throw new Refusal.Invalid("nothing of tenant " + tenant + " can be granted");
    if (namespace != null) requireOwn(namespace);
  }

  /// Terms whose writing, if any, ends with the grant.
  public GrantTerms(
      String tenant,
      String holder,
      Set<String> types,
      Set<String> attributes,
      @Nullable GeoValue area,
      @Nullable String areaName,
      @Nullable Instant dataFrom,
      @Nullable Instant dataUntil,
      Instant validFrom,
      Instant validUntil,
      @Nullable String namespace) {
    this(
        tenant,
        holder,
        types,
        attributes,
        area,
        areaName,
        dataFrom,
        dataUntil,
        validFrom,
        validUntil,
        namespace,
        null);
  }

  /// What a holder may read and write in a vocabulary of its own, and nothing else.
  public static GrantTerms ofNamespace(
      String tenant,
      String holder,
      String namespace,
      Instant validFrom,
      Instant writeUntil,
      Instant validUntil) {
    return new GrantTerms(
        tenant,
        holder,
        Set.of(),
        Set.of(),
        null,
        null,
        null,
        null,
        validFrom,
        validUntil,
        namespace,
        writeUntil);
  }

  private static void requireOwn(String namespace) {
    Names.uri(namespace, "a grant's namespace");
    if (!namespace.endsWith("#")
        || namespace.startsWith(Names.PRIVATE)
        || namespace.startsWith(Names.PLAZA)
        || namespace.startsWith(Names.NGSI_LD))
      throw new Refusal.Invalid(
          "a grant's namespace must be a vocabulary of its own that ends with '#', not "
              + namespace);
  }

  public GrantTerms until(Instant newEnd) {
    return new GrantTerms(
        tenant,
        holder,
        types,
        attributes,
        area,
        areaName,
        dataFrom,
        dataUntil,
        validFrom,
        newEnd,
        namespace,
        writeUntil);
  }

  /// The same with writing ending at another time.
  public GrantTerms writingUntil(Instant end) {
    return new GrantTerms(
        tenant,
        holder,
        types,
        attributes,
        area,
        areaName,
        dataFrom,
        dataUntil,
        validFrom,
        validUntil,
        namespace,
        end);
  }

  /// Whether the namespace may be written at a moment at which the grant works.
  public boolean writesAt(Instant now) {
    return namespace != null && (writeUntil == null || now.isBefore(writeUntil));
  }

  /// What is covered, in a few words: `BikeHireDockingStation in Daan until 2026-12-31`.
  public String words() {
    var words = new StringBuilder();
    if (!attributes.isEmpty()) words.append(shortNames(attributes)).append(" of ");
    words.append(types.isEmpty() ? "its own types, " + namespace + "…" : shortNames(types));
    if (areaName != null) words.append(" in ").append(areaName);
    else if (area != null) words.append(" in its area");
    if (dataFrom != null) words.append(" observed from ").append(dataFrom);
    if (dataUntil != null)
      words.append(dataFrom == null ? " observed before " : " to ").append(dataUntil);
    return words.append(", valid until ").append(day(validUntil)).toString();
  }

  private static String day(Instant at) {
    var text = at.toString();
    return text.endsWith("T00:00:00Z") ? text.substring(0, 10) : text;
  }

  private static String shortNames(Set<String> names) {
    return names.stream()
        .map(name -> name.substring(1 + Math.max(name.lastIndexOf('#'), name.lastIndexOf('/'))))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
