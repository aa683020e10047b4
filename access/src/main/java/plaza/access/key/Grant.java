package plaza.access.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;

/// Permission to data, with area and dates.
///
/// @param because the reason of the last change of state; null while there was none
public record Grant(
    String id, GrantTerms terms, State state, @Nullable String because, Instant since)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "Grant";
  public static final String ID = "urn:plaza:grant:";

  public enum State {
    ACTIVE,
    SUSPENDED,
    REVOKED,
    EXPIRED;

    public boolean isFinal() {
      return this == REVOKED || this == EXPIRED;
    }
  }

  /// The state at a moment: an active grant past its end has expired, whether or not somebody noted
  /// it.
  public State stateAt(Instant now) {
    return state.isFinal() || now.isBefore(terms.validUntil()) ? state : State.EXPIRED;
  }

  /// Whether it opens anything at a moment.
  public boolean worksAt(Instant now) {
    return stateAt(now) == State.ACTIVE && !now.isBefore(terms.validFrom());
  }

  /// Why it opens nothing at a moment, and what would help.
  public String whyNot(Instant now) {
    var name = "your grant " + id + " for " + terms.words();
    var reason = because == null ? "" : " (" + because + ")";
    return switch (stateAt(now)) {
      case ACTIVE -> name + " begins at " + terms.validFrom() + "; wait until then";
      case SUSPENDED -> name + " is suspended" + reason + "; ask the data steward to resume it";
      case REVOKED -> name + " was revoked" + reason + "; ask the data steward for a new one";
      case EXPIRED ->
          name
              + " expired at "
              + terms.validUntil()
              + "; ask the data steward to extend it or give a new one";
    };
  }

  Grant in(State newState, @Nullable String reason) {
    return new Grant(id, terms, newState, reason, since);
  }

  Grant with(GrantTerms newTerms) {
    return new Grant(id, newTerms, state, because, since);
  }

  @Override
  public Entity entity() {
    return Fields.of(id, TYPE)
        .text("tenant", terms.tenant())
        .text("holder", terms.holder())
        .texts("types", terms.types())
        .texts("attributes", terms.attributes())
        .place("area", terms.area())
        .text("areaName", terms.areaName())
        .time("dataFrom", terms.dataFrom())
        .time("dataUntil", terms.dataUntil())
        .time("validFrom", terms.validFrom())
        .time("validUntil", terms.validUntil())
        .text("namespace", terms.namespace())
        .time("writeUntil", terms.writeUntil())
        .text("state", state.name())
        .text("because", because)
        .time("since", since)
        .entity();
  }

  static Grant of(Entity entity) {
    return new Grant(
        entity.id(),
        new GrantTerms(
            Fields.text(entity, "tenant"),
            Fields.text(entity, "holder"),
            Fields.texts(entity, "types"),
            Fields.texts(entity, "attributes"),
            Fields.findPlace(entity, "area").orElse(null),
            Fields.findText(entity, "areaName").orElse(null),
            Fields.findTime(entity, "dataFrom").orElse(null),
            Fields.findTime(entity, "dataUntil").orElse(null),
            Fields.time(entity, "validFrom"),
            Fields.time(entity, "validUntil"),
            Fields.findText(entity, "namespace").orElse(null),
            Fields.findTime(entity, "writeUntil").orElse(null)),
        State.valueOf(Fields.text(entity, "state")),
        Fields.findText(entity, "because").orElse(null),
        Fields.time(entity, "since"));
  }
}
