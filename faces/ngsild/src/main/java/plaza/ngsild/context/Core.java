package plaza.ngsild.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import plaza.graph.Value;
import plaza.json.Json;

/// The core context of Annex B, built in.
final class Core {
  static final String URL = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld";

  /// Any of the published versions: each is part of the one that is built in.
  private static final Pattern URLS =
      Pattern.compile(
          "https?://uri\\.etsi\\.org/ngsi-ld/v1/ngsi-ld-core-context(-v1\\.[3-9])?\\.jsonld");

  static final Value.Struct DOCUMENT = document();
  static final Map<String, Term> TERMS = terms();

  private Core() {}

  static boolean isCore(String url) {
    return URLS.matcher(url).matches();
  }

  private static Value.Struct document() {
    try (var in = Core.class.getResourceAsStream("core-context-v1.9.jsonld")) {
      if (in == null) throw new IllegalStateException("the core context is not in this build");
      return (Value.Struct) Json.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Term> terms() {
    var draft =
        new ContextDraft(
            url -> {
              throw new IllegalStateException("the core context refers to " + url);
            },
            true);
    draft.add(DOCUMENT.members().get("@context"));
    return draft.terms();
  }
}
