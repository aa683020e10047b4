package plaza.ngsild.represent;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import jakarta.json.JsonArray;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.RandomContexts;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.Written;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.testkit.Seeds;

/// To an independent JSON-LD 1.1 processor an entity means the same, whatever context its names are
/// shortened by (clauses 4.4, 5.5.7).
class MeaningAgreementTest {
  private static final Contexts CONTEXTS = Contexts.builtIn();
  private static final String CORE = "https://core.example/c";

  @Test
  void anEntityMeansTheSameByEveryContext() throws JsonLdError {
    DocumentLoader loader = loader();
    int compared = 0;
    for (long seed : Seeds.of(200).toArray()) {
      var text = new RandomContexts(seed).context();
      // A term whose values are JSON takes whole attributes for one.
      if (text.contains("@json")) continue;
      Context context;
      try {
        context = CONTEXTS.of(Json.parse(text));
      } catch (Refusal refused) {
        continue;
      }
      var entity = flat(new RandomEntities(seed).entity());
      var plain = expanded(written(entity, CONTEXTS.core()), "\"" + CORE + "\"", loader);
      JsonArray shortened;
      try {
        shortened =
            expanded(
                written(entity, context),
                "[" + text + ", \"" + CORE + "\"" + vocab(text) + "]",
                loader);
      } catch (JsonLdError theirs) {
        continue;
      }
      compared++;
      assertThat(shortened.toString())
          .as("seed %d: %s by %s", seed, written(entity, context), text)
          .isEqualTo(plain.toString());
    }
    if (Seeds.areMany()) assertThat(compared).isGreaterThan(50);
  }

  /// The user's `@vocab` comes before the core's, which is a fallback (clause 4.4).
  private static String vocab(String context) {
    int last = context.lastIndexOf("\"@vocab\": ");
    return last < 0
        ? ""
        : ", {" + context.substring(last, context.indexOf("\"", last + 10 + 1) + 1) + "}";
  }

  /// The one term with a remote scoped context is of no use here.
  private static DocumentLoader loader() throws JsonLdError {
    var core =
        Json.text(Contexts.coreDocument())
            .replace("\"https://w3id.org/security/data-integrity/v2\"", "{}");
    var document = JsonDocument.of(new StringReader(core));
    return (_, _) -> document;
  }

  private static JsonArray expanded(String entity, String context, DocumentLoader loader)
      throws JsonLdError {
    var document = "{\"@context\": " + context + ", " + entity.substring(1);
    return JsonLd.expand(JsonDocument.of(new StringReader(document))).loader(loader).get();
  }

  /// Without the objects in values, which JSON-LD gives a meaning by its context and NGSI-LD none.
  private static Entity flat(Entity entity) {
    return entity.with(flat(entity.attributes()));
  }

  private static List<Attribute> flat(List<Attribute> attributes) {
    return attributes.stream()
        .filter(MeaningAgreementTest::isFlat)
        .map(one -> one.with(flat(one.subAttributes())))
        .toList();
  }

  private static boolean isFlat(Attribute attribute) {
    return switch (attribute.content()) {
      case Content.Property(var value) ->
          !(value instanceof Value.Struct) && !(value instanceof Value.Items);
      case Content.ListProperty _ -> false;
      case Content.GeoProperty(var place) -> !place.geoJson().members().containsKey("bbox");
      default -> true;
    };
  }

  private static String written(Entity entity, Context context) {
    return Written.entity(entity, context, Representation.NORMALIZED);
  }
}
