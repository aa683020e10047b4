package plaza.programme;

import java.util.List;
import java.util.Optional;
import plaza.access.Access;
import plaza.programme.publication.Parties;
import plaza.programme.publication.Party;

/// Organisations as the access room keeps them.
public final class AccessParties implements Parties {
  private final Access access;

  public AccessParties(Access access) {
    this.access = access;
  }

  @Override
  public Optional<Party> find(String id) {
    return access
        .organizations()
        .find(id)
        .map(one ->
            new Party(
                one.id(),
                one.name(),
                one.kind().code(),
                List.copyOf(one.identifiers()),
                one.address()));
  }
}
