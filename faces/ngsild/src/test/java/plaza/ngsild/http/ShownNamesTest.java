package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Names;
import plaza.graph.Value;

/// Clause 4.6.2: what an answer calls a type or an attribute can be asked for again by the same
/// context, whatever their IRIs are.
class ShownNamesTest {
  private static final List<String> IRIS =
      List.of(
          Names.DEFAULT_VOCAB + "bikes",
          Names.DEFAULT_VOCAB + "off-street",
          Names.DEFAULT_VOCAB + "a/b",
          Names.DEFAULT_VOCAB + "3rd",
          Names.DEFAULT_VOCAB + "type",
          "https://example.org/plain",
          "https://example.org/off-street",
          "https://example.org/deep/er#name",
          "https://example.org/2",
          "urn:example:x");

  private static final String[] LINK = {
    "Link",
    "<https://contexts.example/c>;"
        + " rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\""
  };

  private final Broker broker = new Broker();

  @BeforeEach
  void fill() {
    for (var iri : IRIS)
      broker.post(
          "/entities",
          "{\"id\": \"urn:a:%d\", \"type\": \"%s\", \"%s\": {\"type\": \"Property\", \"value\": 1}}"
              .formatted(IRIS.indexOf(iri), iri, iri));
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"@vocab\": \"https://example.org/\"}",
        "{\"ex\": \"https://example.org/\", \"off-side\": \"https://example.org/plain\"}",
        "{\"street\": \"https://example.org/off-street\", \"2nd\": \"https://example.org/2\"}"
      })
  void whatIsShownCanBeAskedForAgain(String context) {
    broker.web.put("https://contexts.example/c", "{\"@context\": " + context + "}");

    var types = get("/types").member("typeList");
    assertThat(texts(types)).hasSize(IRIS.size());
    for (var name : texts(types)) {
      var type = get("/types/" + encoded(name));
      assertThat(type.member("typeName")).as(name).isEqualTo(Value.of(name));
      assertThat(get("/entities?type=" + encoded(name)).items()).as(name).hasSize(1);
    }

    var attributes = get("/attributes").member("attributeList");
    assertThat(texts(attributes)).hasSize(IRIS.size());
    for (var name : texts(attributes)) {
      var attribute = get("/attributes/" + encoded(name));
      assertThat(attribute.member("attributeName")).as(name).isEqualTo(Value.of(name));
      assertThat(attribute.member("typeNames")).as(name).isEqualTo(Value.of(List.of(name)));
      assertThat(get("/entities?attrs=" + encoded(name)).items()).as(name).hasSize(1);
    }

    for (var one : get("/types?details=true").items()) {
      var members = ((Value.Struct) one).members();
      assertThat(types.toString()).contains(members.get("typeName").toString());
      assertThat(members.get("attributeNames"))
          .isEqualTo(new Value.Items(List.of(members.get("typeName"))));
    }
  }

  /// Clauses 5.2.5, 4.5.2.2: the type a proof was made for is one, by whatever context.
  @Test
  void aSealedTypeIsShownByTheReadersContext() {
    broker.web.put(
        "https://contexts.example/c", "{\"@context\": {\"ex\": \"https://example.org/\"}}");
    broker.post(
        "/entities",
        """
        {"id": "urn:x:1", "type": "ex:T", "n": {"type": "Property", "value": 1, "ngsildproof":
         {"type": "Property", "value": {}, "entityTypeSealed": "ex:T"}}}
        """,
        LINK);

    assertThat(get("/entities/urn:x:1").text()).contains("\"entityTypeSealed\":\"ex:T\"");
    assertThat(broker.get("/entities/urn:x:1").text())
        .contains("\"entityTypeSealed\":\"https://example.org/T\"");
  }

  private Broker.Answer get(String path) {
    var answer = broker.get(path, LINK);
    assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
    return answer;
  }

  private static List<String> texts(Value names) {
    return ((Value.Items) names).items().stream().map(name -> ((Value.Text) name).text()).toList();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
