package plaza.ngsild.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.json.Json;
import plaza.ngsild.RandomContexts;
import plaza.testkit.Seeds;

/// An independent JSON-LD 1.1 processor expands names as we do: the user's context first, the core
/// context in the last position (clause 4.4).
class TitaniumAgreementTest {
  private static final List<String> NAMES =
      List.of(
          "bikes",
          "velocity",
          "street",
          "Station",
          "übung",
          "v",
          "alpha",
          "ex:three",
          "ex:deep/er",
          "sdm:four",
          "v:x",
          "name",
          "location",
          "title",
          "unknown",
          "urn:a:b",
          "https://example.org/bikes");

  @Test
  void namesExpandAsAnIndependentProcessorExpandsThem() throws JsonLdError {
    var contexts = Contexts.builtIn();
    var core = Json.text(Contexts.coreDocument());
    // The one term with a remote scoped context is of no use here.
    var coreDocument =
        JsonDocument.of(
            new StringReader(
                core.replace("\"https://w3id.org/security/data-integrity/v2\"", "{}")));
    DocumentLoader loader = (_, _) -> coreDocument;
    int compared = 0;
    for (long seed : Seeds.of(80).toArray()) {
      var user = new RandomContexts(seed).context();
      Context ours;
      try {
        ours = contexts.of(Json.parse(user));
      } catch (Refusal refused) {
        continue;
      }
      for (var name : NAMES) {
        var document =
            "{\"@context\": ["
                + user
                + ", \"https://core.example/c\""
                + vocab(user)
                + "], \"id\": \"urn:x:1\", \"type\": \"T\", \""
                + name
                + "\": {\"type\": \"Property\", \"value\": 1}}";
        List<String> expanded;
        try {
          expanded =
              JsonLd.expand(JsonDocument.of(new StringReader(document)))
                  .loader(loader)
                  .get()
                  .stream()
                  .flatMap(node -> node.asJsonObject().keySet().stream())
                  .filter(key -> !key.startsWith("@"))
                  .toList();
        } catch (JsonLdError theirs) {
          continue;
        }
        compared++;
        assertThat(expanded)
            .as("seed %d: %s in %s", seed, name, user)
            .isEqualTo(expanded(ours, name));
      }
    }
    if (Seeds.areMany()) assertThat(compared).isGreaterThan(500);
  }

  /// What stands for nothing is left out by them and refused by us.
  private static List<String> expanded(Context context, String name) {
    try {
      return List.of(context.expand(name));
    } catch (Refusal nothing) {
      return List.of();
    }
  }

  /// The user's `@vocab` comes before the core's, which is a fallback (clause 4.4).
  private static String vocab(String context) {
    int last = context.lastIndexOf("\"@vocab\": ");
    return last < 0
        ? ""
        : ", {" + context.substring(last, context.indexOf('"', last + 11) + 1) + "}";
  }
}
