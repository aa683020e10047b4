package plaza.access.session;

import java.time.Instant;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;

/// What lets the one who started the server make the first administrator.
///
/// @param hash of the token
record SetupToken(String hash, Instant until) implements Kept {
  static final String TYPE = Names.PRIVATE + "SetupToken";
  static final String ID = "urn:plaza:setup";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Entity entity() {
    return Fields.of(ID, TYPE).text("hash", hash).time("until", until).entity();
  }

  static SetupToken of(Entity entity) {
    return new SetupToken(Fields.text(entity, "hash"), Fields.time(entity, "until"));
  }
}
