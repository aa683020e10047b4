package plaza.access.people;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// A city, a department of it, a company, a university: what people act for.
///
/// @param id `urn:plaza:organization:…`
/// @param identifiers in registers of the outside world, such as `TW-BAN:12345678`
/// @param publicShare how much of it is publicly owned, 0 to 1; null when unknown
/// @param partOf URI of the organisation it is a department of
/// @param address where it is registered; public, as registers are
public record Organization(
    String id,
    String name,
    Kind kind,
    Set<String> identifiers,
    @Nullable BigDecimal publicShare,
    @Nullable String partOf,
    @Nullable String address)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "Organization";
  public static final String ID = "urn:plaza:organization:";

  public enum Kind {
    CITY("city"),
    DEPARTMENT("department"),
    COMPANY("company"),
    SME("sme"),
    STARTUP("startup"),
    UNIVERSITY("university"),
    RESEARCH("research"),
    CIVIL("civil"),
    INVESTOR("investor"),
    UTILITY("utility"),
    OTHER_CITY("otherCity");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /// Whether its verified members are innovators by that.
    public boolean innovates() {
      return switch (this) {
        case COMPANY, SME, STARTUP, UNIVERSITY, RESEARCH, CIVIL, UTILITY -> true;
        case CITY, DEPARTMENT, INVESTOR, OTHER_CITY -> false;
      };
    }

    /// @throws Refusal.Invalid when there is no such kind
    public static Kind of(String code) {
      for (var kind : values()) if (kind.code.equals(code)) return kind;
      throw new Refusal.Invalid(
          "there is no kind of organisation '"
              + code
              + "'; the kinds are "
              + String.join(", ", Arrays.stream(values()).map(Kind::code).toList()));
    }
  }

  public Organization {
    name = name.strip();
    if (name.isEmpty() || name.length() > 200)
      throw new Refusal.Invalid("an organisation's name must have 1 to 200 characters: " + id);
    identifiers = Set.copyOf(identifiers);
    if (address != null && (address.isBlank() || address.length() > 500))
      throw new Refusal.Invalid(name + ": an address has 1 to 500 characters");
    if (publicShare != null
        && (publicShare.signum() < 0 || publicShare.compareTo(BigDecimal.ONE) > 0))
      throw new Refusal.Invalid(name + ": publicShare must be from 0 to 1, not " + publicShare);
  }

  @Override
  public Entity entity() {
    return Fields.of(id, TYPE)
        .text("name", name)
        .text("kind", kind.code())
        .texts("identifiers", identifiers)
        .text("publicShare", publicShare == null ? null : publicShare.toPlainString())
        .text("partOf", partOf)
        .text("address", address)
        .entity();
  }

  static Organization of(Entity entity) {
    return new Organization(
        entity.id(),
        Fields.text(entity, "name"),
        Kind.of(Fields.text(entity, "kind")),
        Fields.texts(entity, "identifiers"),
        Fields.findText(entity, "publicShare").map(BigDecimal::new).orElse(null),
        Fields.findText(entity, "partOf").orElse(null),
        Fields.findText(entity, "address").orElse(null));
  }
}
