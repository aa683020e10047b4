package plaza.programme.publication;

import java.util.Optional;

/// Who the organisations behind the ids are. Asked often; must be quick and thread-safe, and never
/// answer with a person.
@FunctionalInterface
public interface Parties {
  Optional<Party> find(String id);

  default Party get(String id) {
    return find(id).orElseGet(() -> Party.unknown(id));
  }
}
