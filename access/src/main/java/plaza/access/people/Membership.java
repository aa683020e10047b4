package plaza.access.people;

import java.time.Instant;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;

/// That a person acts for an organisation.
///
/// @param verified whether someone else than the person confirmed it; only then it counts
public record Membership(
    String id, String person, String organization, boolean verified, Instant since)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "Membership";

  static String id(String person, String organization) {
    return "urn:plaza:membership:"
        + person.substring(person.lastIndexOf(':') + 1)
        + ":"
        + organization.substring(organization.lastIndexOf(':') + 1);
  }

  @Override
  public Entity entity() {
    return Fields.of(id, TYPE)
        .text("person", person)
        .text("organization", organization)
        .flag("verified", verified)
        .time("since", since)
        .entity();
  }

  static Membership of(Entity entity) {
    return new Membership(
        entity.id(),
        Fields.text(entity, "person"),
        Fields.text(entity, "organization"),
        Fields.flag(entity, "verified"),
        Fields.time(entity, "since"));
  }
}
