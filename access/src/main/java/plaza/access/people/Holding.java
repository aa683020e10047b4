package plaza.access.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// A role that a person holds on a scope.
///
/// @param person URI
/// @param until exclusive; null without end
public record Holding(
    String id, String person, Role role, Scope scope, Instant since, @Nullable Instant until)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "RoleHolding";

  public Holding {
    if (role == Role.ANONYMOUS || role == Role.RESIDENT)
      throw new Refusal.Invalid(
          "the role " + role.code() + " cannot be given: everybody has it without");
    if (until != null && !until.isAfter(since))
      throw new Refusal.Invalid(
          "a role must end after it begins: " + until + " is not after " + since);
  }

  public boolean isOver(Instant now) {
    return until != null && !now.isBefore(until);
  }

  @Override
  public Entity entity() {
    return Fields.of(id, TYPE)
        .text("person", person)
        .text("role", role.code())
        .text("scopeTenant", scope.tenant())
        .text("scopeOn", scope.on())
        .time("since", since)
        .time("until", until)
        .entity();
  }

  static Holding of(Entity entity) {
    return new Holding(
        entity.id(),
        Fields.text(entity, "person"),
        Role.of(Fields.text(entity, "role")),
        new Scope(
            Fields.text(entity, "scopeTenant"), Fields.findText(entity, "scopeOn").orElse(null)),
        Fields.time(entity, "since"),
        Fields.findTime(entity, "until").orElse(null));
  }
}
