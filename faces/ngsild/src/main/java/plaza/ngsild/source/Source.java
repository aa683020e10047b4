package plaza.ngsild.source;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a context source is and how it wants to be spoken to.
///
/// @param endpoint what the paths of the API are appended to
/// @param alias by which it is known in `Via`, to find loops
/// @param tenant to be named to it; null for its default tenant
/// @param info what it wants to be told (clauses 4.3.6.5, 4.3.6.6); may hold secrets
public record Source(
    URI endpoint,
    @Nullable String alias,
    @Nullable String tenant,
    List<KeyValue> info,
    Management management) {
  public Source {
    info = List.copyOf(info);
  }

  /// Whether it is at the same place as another, however each is spoken to.
  public boolean isWhere(Source other) {
    return endpoint.equals(other.endpoint) && Objects.equals(tenant, other.tenant);
  }

  /// The value of a key of [#info], such as `jsonldContext`; case does not count, as in headers.
  public Optional<String> info(String key) {
    return info.stream()
        .filter(one -> one.key().equalsIgnoreCase(key))
        .map(KeyValue::value)
        .findFirst();
  }
}
