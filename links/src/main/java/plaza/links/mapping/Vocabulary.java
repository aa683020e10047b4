package plaza.links.mapping;

import java.util.Map;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// What a link's short names stand for.
///
/// @param prefix put before a name that is neither in `names` nor a term of the core
/// @param names full names by short name
public record Vocabulary(String prefix, Map<String, String> names) {
  public static final Vocabulary DEFAULT = new Vocabulary(Names.DEFAULT_VOCAB, Map.of());

  /// Terms of NGSI-LD's core context that a fragment may use as attributes.
  private static final Map<String, String> CORE =
      Map.of(
          "location", Names.LOCATION,
          "observationSpace", Names.NGSI_LD + "observationSpace",
          "operationSpace", Names.NGSI_LD + "operationSpace",
          "title", Names.NGSI_LD + "title",
          "description", "http://purl.org/dc/terms/description");

  public Vocabulary {
    prefix = Names.uri(prefix + "x", "the context's prefix").substring(0, prefix.length());
    requireOpen(prefix);
    names.forEach((name, iri) -> {
      Names.uri(iri, "the full name of '" + name + "' in the link's context");
      requireOpen(iri);
    });
    names = Map.copyOf(names);
  }

  /// @throws Refusal.Invalid when the name cannot be one; [Refusal.Forbidden] when it belongs to
  ///   Plaza itself
  public String expand(String name) {
    var known = names.get(name);
    if (known != null) return known;
    var core = CORE.get(name);
    if (core != null) return core;
    if (name.isBlank()) throw new Refusal.Invalid("a name in the mapping's output is empty");
    int colon = name.indexOf(':');
    if (colon < 0) return Names.uri(prefix + name, "the name '" + name + "'");
    var start = names.get(name.substring(0, colon));
    var full = start == null ? name : start + name.substring(colon + 1);
    requireOpen(full);
    return Names.uri(full, "the name '" + name + "'");
  }

  private static void requireOpen(String iri) {
    if (Names.isPrivate(iri) || iri.startsWith(Names.PLAZA))
      throw new Refusal.Forbidden(iri + " belongs to Plaza itself; a link cannot write it");
  }
}
