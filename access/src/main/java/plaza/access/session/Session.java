package plaza.access.session;

import java.time.Instant;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;

/// A person's stay, from sign-in to sign-out.
///
/// @param id `urn:plaza:session:` and the hash of its token; the token itself is kept nowhere
/// @param person URI
/// @param until when it ends whatever happens; exclusive
/// @param lastUsed to the minute
public record Session(String id, String person, Instant since, Instant until, Instant lastUsed)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "Session";
  static final String ID = "urn:plaza:session:";

  Session used(Instant at) {
    return new Session(id, person, since, until, at);
  }

  @Override
  public Entity entity() {
    return Fields.of(id, TYPE)
        .text("person", person)
        .time("since", since)
        .time("until", until)
        .time("lastUsed", lastUsed)
        .entity();
  }

  static Session of(Entity entity) {
    return new Session(
        entity.id(),
        Fields.text(entity, "person"),
        Fields.time(entity, "since"),
        Fields.time(entity, "until"),
        Fields.time(entity, "lastUsed"));
  }
}
