package plaza.ngsild.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

/// Clauses 4.3.6, 4.20, 5.2.8 to 5.2.11, 5.2.22, 5.2.34.
class RegistrationParserTest {
  private static final String ID = "urn:ngsi-ld:ContextSourceRegistration:1";
  private static final String VEHICLE = Names.DEFAULT_VOCAB + "Vehicle";
  private final Contexts contexts = Contexts.builtIn();

  @Test
  void everythingARegistrationCanSayIsUnderstood() {
    var registration =
        parse(
            """
            {"type": "ContextSourceRegistration", "registrationName": "North",
             "endpoint": "https://north.example/broker", "mode": "redirect",
             "information": [{"entities": [{"type": "Vehicle", "idPattern": "^urn:ngsi-ld:Vehicle:N"}],
               "propertyNames": ["speed"], "relationshipNames": ["driver"]}],
             "operations": ["retrieveOps", "updateAttrs"], "contextSourceAlias": "north:1026",
             "tenant": "cars", "datasetId": ["urn:a", "@none"], "scope": "/Taipei/Daan",
             "contextSourceInfo": [{"key": "Authorization", "value": "Bearer x"},
                                   {"key": "accept", "value": "application/json"}],
             "management": {"localOnly": true, "timeout": 250, "cooldown": 1000,
                            "cacheDuration": "PT10S"},
             "location": {"type": "Point", "coordinates": [121.5, 25.0]},
             "expiresAt": "2030-01-01T00:00:00Z", "refreshRate": "PT1M"}
            """);

    assertThat(registration.mode()).isEqualTo(Mode.REDIRECT);
    assertThat(registration.operations())
        .containsExactlyInAnyOrder(
            Operation.RETRIEVE_ENTITY, Operation.QUERY_ENTITY, Operation.UPDATE_ATTRS);
    assertThat(registration.source().alias()).isEqualTo("north:1026");
    assertThat(registration.source().tenant()).isEqualTo("cars");
    assertThat(registration.source().info("authorization")).contains("Bearer x");
    assertThat(registration.source().management())
        .isEqualTo(
            new Management(
                Duration.ofSeconds(10), Duration.ofSeconds(1), true, Duration.ofMillis(250)));
    assertThat(registration.extent().datasetIds()).containsExactlyInAnyOrder("urn:a", "@none");
    assertThat(registration.extent().scopes()).containsExactly("/Taipei/Daan");
    assertThat(registration.extent().places()).containsKey(Names.LOCATION);
    assertThat(registration.expiresAt()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(registration.refreshRate()).isEqualTo(Duration.ofMinutes(1));
    var information = registration.information().getFirst();
    assertThat(information.entities().getFirst().types()).containsExactly(VEHICLE);
    assertThat(information.attributes())
        .containsExactly(Names.DEFAULT_VOCAB + "speed", Names.DEFAULT_VOCAB + "driver");
  }

  /// Clause 4.20.
  @Test
  void aSourceThatNamesNoOperationsOffersThoseOfAFederation() {
    var registration = parse(with("\"mode\": \"inclusive\""));

    assertThat(registration.operations()).isEqualTo(Operation.FEDERATION).hasSize(19);
    assertThat(Operation.named(java.util.List.of("redirectionOps"))).hasSize(23);
    assertThat(Operation.named(java.util.List.of("associationOps"))).hasSize(15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "\"mode\": \"both\"; mode must be",
        "\"operations\": [\"fly\"]; 'fly' is no operation",
        "\"information\": []; at least one element",
        "\"information\": [{}]; needs entities, propertyNames or relationshipNames",
        "\"information\": [{\"propertyNames\": []}]; not empty",
        "\"information\": [{\"entities\": []}]; at least one element",
        "\"information\": [{\"entities\": [{\"id\": \"urn:a:b\"}]}]; needs a type",
        "\"information\": [{\"entities\": [{\"type\": \"A\", \"id\": \"no uri\"}]}]; absolute URI",
        "\"information\": [{\"entities\": [{\"type\": \"A\", \"idPattern\": \"(\"}]}]; no regular",
        "\"information\": [{\"attributes\": [\"a\"]}]; not 'attributes'",
        "\"endpoint\": \"mqtt://broker.example\"; http or https",
        "\"endpoint\": \"http://me:you@broker.example\"; contextSourceInfo",
        "\"endpoint\": \"http://broker.example?a=b\"; query or fragment",
        "\"datasetId\": [\"x y\"]; absolute URI",
        "\"scope\": \"/a//b\"; a scope must be",
        "\"location\": {\"type\": \"Point\"}; coordinates",
        "\"location\": \"here\"; GeoJSON",
        "\"management\": {\"timeout\": 0}; greater than 0",
        "\"management\": {\"localOnly\": \"yes\"}; true or false",
        "\"refreshRate\": \"soon\"; ISO 8601 duration",
        "\"observationInterval\": {\"endAt\": \"2020-01-01T00:00:00Z\"}; startAt",
        "\"expiresAt\": \"tomorrow\"; UTC date-time",
        "\"description\": \"\"; must not be empty",
        "\"contextSourceAlias\": \"my source\"; pseudonym",
        "\"contextSourceInfo\": [{\"key\": \"a b\", \"value\": \"c\"}]; name of an HTTP header",
        "\"contextSourceInfo\": [{\"key\": \"accept\", \"value\": \"text/html\"}]; application/json",
        "\"contextSourceInfo\": [{\"key\": \"NGSILD-Tenant\", \"value\": \"x\"}]; tenant",
        "\"contextSourceInfo\": [{\"key\": \"ngsildConformance\", \"value\": \"new\"}]; version",
      })
  void whatBreaksARuleIsRefusedWithTheRule(String member, String rule) {
    assertThatThrownBy(() -> parse(with(member)))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining(rule);
  }

  /// Clause 4.3.6.3.
  @Test
  void anExclusiveRegistrationNamesItsEntitiesAndTheirAttributes() {
    assertThatThrownBy(() ->
            parse(
                with(
                    """
                    "mode": "exclusive", "information": [{"propertyNames": ["a"],
                      "entities": [{"type": "A", "idPattern": "x"}]}]
                    """)))
        .hasMessageContaining("by id");
    assertThatThrownBy(() ->
            parse(
                with(
                    """
                    "mode": "exclusive", "information": [
                      {"entities": [{"type": "A", "id": "urn:a:1"}]}]
                    """)))
        .hasMessageContaining("propertyNames or relationshipNames");
  }

  /// Clause 5.9.2.4.
  @Test
  void anAuxiliarySourceOnlyAnswers() {
    assertThatThrownBy(() -> parse(with("\"mode\": \"auxiliary\"")))
        .hasMessageContaining("retrieveOps");
    assertThat(
            parse(with("\"mode\": \"auxiliary\", \"operations\": [\"queryEntity\"]")).operations())
        .containsExactly(Operation.QUERY_ENTITY);
  }

  /// Clause 5.5.7: names are kept expanded and shown by the asker's context.
  @Test
  void namesAreShownByTheContextOfWhoAsks() {
    var english =
        context("{\"Car\": \"https://names.example/Car\", \"v\": \"https://names.example/v\"}");
    var german =
        context("{\"Auto\": \"https://names.example/Car\", \"kmh\": \"https://names.example/v\"}");
    var document =
        (Value.Struct)
            Json.parse(
                """
                {"endpoint": "http://a.example", "v": 3,
                 "information": [{"entities": [{"type": "Car"}], "propertyNames": ["v"]}]}
                """);

    var kept = Documents.written(document, english);

    assertThat(Json.text(new Value.Struct(Documents.shown(kept, german))))
        .isEqualTo(
            "{\"endpoint\":\"http://a.example\",\"kmh\":3,\"information\":[{\"entities\":"
                + "[{\"type\":\"Auto\"}],\"propertyNames\":[\"kmh\"]}]}");
  }

  /// Clause 5.5.8.
  @Test
  void aFragmentReplacesMembersAndNullTakesThemAway() {
    var base = (Value.Struct) Json.parse("{\"tenant\": \"a\", \"description\": \"b\"}");
    var patch =
        (Value.Struct) Json.parse("{\"tenant\": \"c\", \"description\": \"urn:ngsi-ld:null\"}");

    assertThat(Json.text(Documents.merged(base, patch))).isEqualTo("{\"tenant\":\"c\"}");
  }

  /// Clause 4.9: a filter sees what describes a source, and nothing that may be secret.
  @Test
  void aFilterSeesMembersButNoSecrets() {
    var registration =
        parse(
            with(
                """
                "registrationName": "North", "quality": 7, "management": {"timeout": 250},
                "contextSourceInfo": [{"key": "Authorization", "value": "Bearer x"}]
                """));

    assertThat(accepts("registrationName==\"North\"", registration)).isTrue();
    assertThat(accepts("registrationName==\"South\"", registration)).isFalse();
    assertThat(accepts("quality>5;mode==\"inclusive\"", registration)).isTrue();
    assertThat(accepts("management[timeout]<300", registration)).isTrue();
    assertThat(accepts("endpoint~=example", registration)).isTrue();
    assertThat(accepts("contextSourceInfo", registration)).isFalse();
  }

  private boolean accepts(String csf, Registration registration) {
    return java.util.Objects.requireNonNull(SourceFilter.parse(csf, contexts.core()))
        .accepts(registration);
  }

  private static String with(String members) {
    var given = (Value.Struct) Json.parse("{" + members + "}");
    var all =
        new java.util.LinkedHashMap<>(
            ((Value.Struct)
                    Json.parse(
                        """
                        {"endpoint": "http://a.example",
                         "information": [{"entities": [{"type": "A"}]}]}
                        """))
                .members());
    all.putAll(given.members());
    return Json.text(new Value.Struct(all));
  }

  private Context context(String text) {
    return contexts.of(Json.parse(text));
  }

  private Registration parse(String text) {
    var context = contexts.core();
    var document = Documents.written((Value.Struct) Json.parse(text), context);
    return RegistrationParser.parse(ID, document, context.source());
  }
}
