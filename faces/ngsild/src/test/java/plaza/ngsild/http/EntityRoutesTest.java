package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.ngsild.http.Broker.json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;

class EntityRoutesTest {
  private static final String XINYI =
      """
      {"id": "urn:ngsi-ld:BikeHireDockingStation:1", "type": "BikeHireDockingStation",
       "name": {"type": "Property", "value": "Xinyi"},
       "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [121.5, 25.0]}},
       "availableBikeNumber": {"type": "Property", "value": 5, "unitCode": "C62",
         "observedAt": "2026-06-01T12:00:00Z"}}
      """;
  private static final String PATH = "/entities/urn:ngsi-ld:BikeHireDockingStation:1";
  private final Broker broker = new Broker();

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void clause525AProofKeepsItsSealedMembersAsTheyCame() {
    var proof =
        """
        {"type": "Property", "entityIdSealed": "urn:x:1", "entityTypeSealed": "T",
         "value": {"type": "DataIntegrityProof", "proofValue": "z58"}}
        """;
    broker.post(
        "/entities",
        "{\"id\": \"urn:x:1\", \"type\": \"T\", \"n\": {\"type\": \"Property\", \"value\": 1,"
            + " \"ngsildproof\": "
            + proof
            + "}}");

    for (var options : new String[] {"", "?options=concise"}) {
      var n = (Value.Struct) broker.get("/entities/urn:x:1" + options).member("n");
      var shown = ((Value.Struct) n.members().get("ngsildproof")).members();
      assertThat(shown)
          .containsEntry("entityIdSealed", Value.of("urn:x:1"))
          .containsEntry("entityTypeSealed", Value.of("T"));
    }
  }

  @Test
  void clause621AnIdWithSlashesIsEncodedInThePath() {
    broker.post(
        "/entities",
        "{\"id\": \"https://example.org/a/attrs/b\", \"type\": \"T\", \"speed\": {\"value\": 1}}");
    var path = "/entities/https%3A%2F%2Fexample.org%2fa%2Fattrs%2Fb";

    assertThat(broker.get(path).member("id")).isEqualTo(Value.of("https://example.org/a/attrs/b"));
    assertThat(broker.send("PATCH", path + "/attrs/speed", "{\"value\": 2}").status())
        .isEqualTo(204);
    assertThat(broker.send("POST", path, "{}").status()).isEqualTo(405);
    assertThat(broker.delete(path).status()).isEqualTo(204);
    assertThat(broker.get(path).status()).isEqualTo(404);
  }

  @Test
  void clause561WhatIsCreatedIsRetrievedTheSame() {
    var created = broker.post("/entities", XINYI);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/ngsi-ld/v1" + PATH);
    var got = broker.get(PATH);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json()).isEqualTo(json(XINYI));
    assertThat(got.header("Content-Type")).isEqualTo("application/json");
    assertThat(got.header("Link")).contains("ngsi-ld-core-context-v1.9.jsonld");
  }

  @Test
  void clause561AnIdIsTakenOnce() {
    broker.post("/entities", XINYI);

    var again = broker.send("POST", "/entities", XINYI);

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).isEqualTo("AlreadyExists");
    assertThat(again.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void clause571AnUnknownEntityIsNotFound() {
    assertThat(broker.get("/entities/urn:ngsi-ld:X:9").error()).isEqualTo("ResourceNotFound");
    assertThat(broker.get("/entities/urn:ngsi-ld:X:9").status()).isEqualTo(404);
    assertThat(broker.get("/entities/nonsense").status()).isEqualTo(400);
  }

  @Test
  void clause637RepresentationsAreChosenByFormatAndOptions() {
    broker.post("/entities", XINYI);

    assertThat(broker.get(PATH + "?options=keyValues").member("availableBikeNumber"))
        .isEqualTo(Value.of(5));
    assertThat(broker.get(PATH + "?format=concise").member("name")).isEqualTo(Value.of("Xinyi"));
    assertThat(broker.get(PATH + "?options=sysAttrs").text()).contains("createdAt", "modifiedAt");
    assertThat(broker.get(PATH + "?options=nonsense").error()).isEqualTo("InvalidRequest");
    assertThat(broker.get(PATH + "?colour=red").error()).isEqualTo("InvalidRequest");
  }

  @Test
  void clause421PickOmitAndAttrsProject() {
    broker.post("/entities", XINYI);

    assertThat(broker.get(PATH + "?options=keyValues&attrs=name").json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:BikeHireDockingStation:1", "type": "BikeHireDockingStation",
                 "name": "Xinyi"}
                """));
    assertThat(broker.get(PATH + "?options=keyValues&pick=id,name").json())
        .isEqualTo(json("{\"id\": \"urn:ngsi-ld:BikeHireDockingStation:1\", \"name\": \"Xinyi\"}"));
    assertThat(broker.get(PATH + "?options=keyValues&omit=name,location").member("name"))
        .isEqualTo(Value.Null.VALUE);
    assertThat(broker.get(PATH + "?attrs=nothing").status()).isEqualTo(404);
  }

  @Test
  void clause634MediaTypesAreNegotiated() {
    broker.post("/entities", XINYI);

    var ld = broker.get(PATH, "Accept", "application/ld+json");
    assertThat(ld.header("Content-Type")).isEqualTo("application/ld+json");
    assertThat(ld.text()).contains("\"@context\"");
    assertThat(ld.header("Link")).isEmpty();
    var geo = broker.get(PATH + "?options=keyValues", "Accept", "application/geo+json");
    assertThat(geo.member("type")).isEqualTo(Value.of("Feature"));
    assertThat(geo.member("geometry")).isNotEqualTo(Value.Null.VALUE);
    assertThat(broker.get(PATH, "Accept", "text/html").status()).isEqualTo(406);
    assertThat(broker.get(PATH, "Accept", "text/html, */*;q=0.1").status()).isEqualTo(200);
    assertThat(broker.send("POST", "/entities", XINYI, "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(broker.send("PUT", "/entities", XINYI).status()).isEqualTo(405);
  }

  @Test
  void clause635TheContextComesByLinkOrInTheBodyAndNeverBoth() {
    var entity =
        "{\"id\": \"urn:a:1\", \"type\": \"A\", \"b\": 1, \"@context\": {\"A\": \"https://x.org/A\"}}";
    broker.post("/entities", entity, "Content-Type", "application/ld+json");

    assertThat(broker.get("/entities/urn:a:1").member("type"))
        .isEqualTo(Value.of("https://x.org/A"));
    assertThat(broker.send("POST", "/entities", entity).error()).isEqualTo("BadRequestData");
    assertThat(
            broker
                .send(
                    "POST",
                    "/entities",
                    "{\"id\": \"urn:a:2\", \"type\": \"A\"}",
                    "Content-Type",
                    "application/ld+json")
                .error())
        .isEqualTo("BadRequestData");
    assertThat(
            broker
                .get(
                    "/entities/urn:a:1",
                    "Link",
                    "<https://nowhere.example/c>; rel=\"http://www.w3.org/ns/json-ld#context\"")
                .error())
        .isEqualTo("LdContextNotAvailable");
  }

  @Test
  void clause513AHostedContextIsUsedByItsUrl() {
    var location =
        broker
            .post(
                "/jsonldContexts",
                "{\"@context\": {\"A\": \"https://x.org/A\", \"b\": \"https://x.org/b\"}}")
            .header("Location");
    var link =
        "<http://127.0.0.1:"
            + broker.port()
            + location
            + ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"";

    broker.post("/entities", "{\"id\": \"urn:a:1\", \"type\": \"A\", \"b\": 1}", "Link", link);

    assertThat(broker.get("/entities/urn:a:1").member("https://x.org/b"))
        .isNotEqualTo(Value.Null.VALUE);
    var got = broker.get("/entities/urn:a:1", "Link", link);
    assertThat(got.member("type")).isEqualTo(Value.of("A"));
    assertThat(got.header("Link")).contains(location);
    assertThat(broker.get(location.substring("/ngsi-ld/v1".length())).text()).contains("@context");
    assertThat(broker.delete(location.substring("/ngsi-ld/v1".length())).status()).isEqualTo(204);
  }

  @Test
  void clause5617AMergeGoesToAnyDepth() {
    broker.post("/entities", XINYI);

    var merged =
        broker.send(
            "PATCH",
            PATH,
            "{\"availableBikeNumber\": {\"value\": 7}, \"name\": \"urn:ngsi-ld:null\", \"x\": 1}");

    assertThat(merged.status()).isEqualTo(204);
    var bikes = broker.get(PATH).member("availableBikeNumber");
    assertThat(bikes)
        .isEqualTo(
            json(
                """
                {"type": "Property", "value": 7, "unitCode": "C62",
                 "observedAt": "2026-06-01T12:00:00Z"}
                """));
    assertThat(broker.get(PATH).member("name")).isEqualTo(Value.Null.VALUE);
    assertThat(broker.get(PATH + "?options=keyValues").member("x")).isEqualTo(Value.of(1));
  }

  @Test
  void clause5617KeyValuesKeepTheKindThatIsThere() {
    broker.post(
        "/entities",
        """
        {"id": "urn:a:1", "type": "A", "owner": {"object": "urn:p:1"},
         "says": {"languageMap": {"en": "yes", "fr": "oui"}}}
        """);

    broker.send(
        "PATCH",
        "/entities/urn:a:1?options=keyValues&lang=fr",
        "{\"owner\": \"urn:p:2\", \"says\": \"non\"}");

    var got = broker.get("/entities/urn:a:1?format=concise");
    assertThat(got.member("owner")).isEqualTo(json("{\"object\": \"urn:p:2\"}"));
    assertThat(got.member("says"))
        .isEqualTo(json("{\"languageMap\": {\"en\": \"yes\", \"fr\": \"non\"}}"));
  }

  @Test
  void clause5618AReplacedEntityKeepsNothingButItsBirthday() {
    broker.post("/entities", XINYI);

    var put = broker.send("PUT", PATH, "{\"type\": \"BikeHireDockingStation\", \"x\": 1}");

    assertThat(put.status()).isEqualTo(204);
    assertThat(broker.get(PATH + "?options=keyValues").json())
        .isEqualTo(
            json(
                """
                {"id": "urn:ngsi-ld:BikeHireDockingStation:1", "type": "BikeHireDockingStation",
                 "x": 1}
                """));
    assertThat(broker.send("PUT", "/entities/urn:x:9", "{\"type\": \"A\"}").status())
        .isEqualTo(404);
  }

  @Test
  void clause566ADeletedEntityIsGone() {
    broker.post("/entities", XINYI);

    assertThat(broker.delete(PATH).status()).isEqualTo(204);
    assertThat(broker.get(PATH).status()).isEqualTo(404);
    assertThat(broker.delete(PATH).status()).isEqualTo(404);
  }

  @Test
  void clause563AppendedAttributesOverwriteUnlessToldNotTo() {
    broker.post("/entities", XINYI);

    assertThat(broker.send("POST", PATH + "/attrs", "{\"name\": \"Daan\", \"x\": 1}").status())
        .isEqualTo(204);
    assertThat(broker.get(PATH + "?options=keyValues").member("name")).isEqualTo(Value.of("Daan"));
    var kept =
        broker.send("POST", PATH + "/attrs?options=noOverwrite", "{\"name\": \"No\", \"y\": 2}");
    assertThat(kept.status()).isEqualTo(207);
    assertThat(kept.text()).contains("notUpdated", "default-context/name", "default-context/y");
    assertThat(broker.get(PATH + "?options=keyValues").member("name")).isEqualTo(Value.of("Daan"));
  }

  @Test
  void clause562AnUpdateReplacesWholeAttributesAndAddsMissingOnes() {
    broker.post("/entities", XINYI);

    var updated =
        broker.send(
            "PATCH",
            PATH + "/attrs",
            "{\"availableBikeNumber\": {\"value\": 9}, \"name\": \"urn:ngsi-ld:null\", \"z\": 3}");

    assertThat(updated.status()).isEqualTo(204);
    assertThat(broker.get(PATH).member("availableBikeNumber"))
        .isEqualTo(json("{\"type\": \"Property\", \"value\": 9}"));
    assertThat(broker.get(PATH).member("name")).isEqualTo(Value.Null.VALUE);
    assertThat(broker.get(PATH + "?options=keyValues").member("z")).isEqualTo(Value.of(3));
  }

  @Test
  void clause564APartialUpdateKeepsWhatItDoesNotName() {
    broker.post("/entities", XINYI);

    var patched =
        broker.send(
            "PATCH",
            PATH + "/attrs/availableBikeNumber",
            "{\"value\": 8, \"observedAt\": \"2026-06-01T12:05:00Z\"}");

    assertThat(patched.status()).isEqualTo(204);
    assertThat(broker.get(PATH).member("availableBikeNumber"))
        .isEqualTo(
            json(
                """
                {"type": "Property", "value": 8, "unitCode": "C62",
                 "observedAt": "2026-06-01T12:05:00Z"}
                """));
    assertThat(broker.send("PATCH", PATH + "/attrs/nothing", "{\"value\": 8}").status())
        .isEqualTo(404);
    assertThat(
            broker
                .send(
                    "PATCH",
                    PATH + "/attrs/name",
                    "{\"type\": \"Relationship\", \"object\": \"urn:x:1\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void clause5619AReplacedAttributeKeepsNothing() {
    broker.post("/entities", XINYI);

    assertThat(broker.send("PUT", PATH + "/attrs/availableBikeNumber", "{\"value\": 1}").status())
        .isEqualTo(204);
    assertThat(broker.get(PATH).member("availableBikeNumber"))
        .isEqualTo(json("{\"type\": \"Property\", \"value\": 1}"));
  }

  @Test
  void clause565AttributesAreDeletedByInstance() {
    broker.post(
        "/entities",
        """
        {"id": "urn:a:1", "type": "A", "scope": "/Taipei", "speed": [
          {"value": 1}, {"value": 2, "datasetId": "urn:gps"}, {"value": 3, "datasetId": "urn:radar"}]}
        """);
    var path = "/entities/urn:a:1/attrs/speed";

    assertThat(broker.delete(path + "?datasetId=urn:gps").status()).isEqualTo(204);
    assertThat(broker.delete(path + "?datasetId=urn:gps").status()).isEqualTo(404);
    assertThat(broker.delete(path).status()).isEqualTo(204);
    assertThat(broker.get("/entities/urn:a:1").text()).contains("radar").doesNotContain("gps");
    assertThat(broker.delete(path + "?deleteAll=true").status()).isEqualTo(204);
    assertThat(broker.delete("/entities/urn:a:1/attrs/scope").status()).isEqualTo(204);
    assertThat(broker.get("/entities/urn:a:1").json())
        .isEqualTo(json("{\"id\": \"urn:a:1\", \"type\": \"A\"}"));
  }

  @Test
  void anETagGuardsAgainstLostUpdates() {
    broker.post("/entities", XINYI);
    var tag = broker.get(PATH).header("ETag");

    assertThat(broker.get(PATH, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(broker.send("PATCH", PATH, "{\"x\": 1}", "If-Match", tag).status()).isEqualTo(204);
    assertThat(broker.send("PATCH", PATH, "{\"x\": 2}", "If-Match", tag).status()).isEqualTo(412);
    assertThat(broker.get(PATH + "?options=keyValues").member("x")).isEqualTo(Value.of(1));
  }

  @Test
  void clause414TenantsAreApartAndEchoed() {
    assertThat(broker.get("/entities?type=A", "NGSILD-Tenant", "daan").error())
        .isEqualTo("NonexistentTenant");
    broker.post("/entities", XINYI, "NGSILD-Tenant", "daan");

    var there = broker.get(PATH, "NGSILD-Tenant", "daan");
    assertThat(there.status()).isEqualTo(200);
    assertThat(there.header("NGSILD-Tenant")).isEqualTo("daan");
    assertThat(broker.get(PATH).status()).isEqualTo(404);
    assertThat(broker.get("/types", "NGSILD-Tenant", "_plaza").status()).isEqualTo(404);
  }

  @Test
  void whatIsNotJsonIsAnInvalidRequest() {
    assertThat(broker.send("POST", "/entities", "{\"id\": ").error()).isEqualTo("InvalidRequest");
    assertThat(broker.send("POST", "/entities", "[".repeat(1000)).status()).isEqualTo(413);
    assertThat(broker.send("POST", "/entities", "\"" + "x".repeat(10 << 20) + "\"").status())
        .isEqualTo(413);
    assertThat(broker.get("/types").status()).isEqualTo(200);
  }
}
