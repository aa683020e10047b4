package plaza.ngsild.context;

import java.util.Map;
import java.util.Optional;
import plaza.graph.Names;
import plaza.graph.Value;

/// The contexts of pilots' own vocabularies: `https://plaza.city/pilots/vans` makes every term that
/// is not the core's one of `https://plaza.city/pilots/vans#`. They are known here without being
/// fetched.
public final class PilotContext {
  private PilotContext() {}

  /// The document at a URL; empty when it is no pilot's.
  public static Optional<Value> document(String url) {
    if (!Names.isPilots(url) || !url.substring(Names.PILOTS.length()).matches("[A-Za-z0-9-]{1,60}"))
      return Optional.empty();
    return Optional.of(of(url + "#"));
  }

  /// @param vocabulary ends with `#`
  public static Value.Struct of(String vocabulary) {
    return new Value.Struct(
        Map.of("@context", new Value.Struct(Map.of("@vocab", Value.of(vocabulary)))));
  }
}
