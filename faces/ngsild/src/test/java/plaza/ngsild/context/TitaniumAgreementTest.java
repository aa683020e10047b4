package plaza.ngsild.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import plaza.json.Json;

/// An independent JSON-LD 1.1 processor expands names as we do: the user's context first, the core
/// context in the last position (clause 4.4).
class TitaniumAgreementTest {
  private static final List<String> TERMS =
      List.of("alpha", "beta", "gamma", "ex", "sdm", "name", "Station", "description");
  private static final List<String> IRIS =
      List.of(
          "https://example.org/",
          "https://example.org/alpha",
          "ex:one",
          "sdm:two",
          "https://smartdatamodels.org/#",
          "urn:x:y");

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
    for (int seed = 0; seed < 150; seed++) {
      var random = new Random(seed);
      var user = context(random);
      Context ours;
      try {
        ours = contexts.of(Json.parse(user));
      } catch (plaza.graph.Refusal refused) {
        continue;
      }
      for (var name :
          List.of(
              "alpha",
              "gamma",
              "Station",
              "ex:three",
              "sdm:four",
              "name",
              "location",
              "title",
              "unknown",
              "urn:a:b")) {
        var document =
            "{\"@context\": ["
                + user
                + ", \"https://core.example/c\"], \"id\": \"urn:x:1\", \"type\": \"T\", \""
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
            .containsExactly(ours.expand(name));
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private static String context(Random random) {
    var members = new ArrayList<String>();
    members.add("\"ex\": \"https://example.org/\"");
    members.add("\"sdm\": \"https://smartdatamodels.org/#\"");
    for (var term : TERMS) {
      if (random.nextInt(3) != 0 || term.equals("ex") || term.equals("sdm")) continue;
      var iri = IRIS.get(random.nextInt(IRIS.size()));
      if (iri.equals(term)) continue;
      members.add(
          random.nextBoolean()
              ? "\"" + term + "\": \"" + iri + "\""
              : "\"" + term + "\": {\"@id\": \"" + iri + "\"}");
    }
    return "{" + String.join(", ", members) + "}";
  }
}
