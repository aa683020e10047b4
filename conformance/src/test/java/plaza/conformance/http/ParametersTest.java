package plaza.conformance.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// Parameters that an operation does not know, or not so (clause 6.3.20).
@Clause("6.3.20")
class ParametersTest extends Checks {
  @ParameterizedTest
  @ValueSource(strings = {"lang=en", "observedAt=2026-01-01T00:00:00Z", "type=Thing", "foo=1"})
  void aCreationKnowsNoParametersOfUpdates(String parameter) {
    post("/entities?" + parameter)
        .json("{'id':'%s','type':'Thing'}", newId())
        .refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"6.3.20", "6.18.3.1"})
  void anEvolutionIsCreatedWithoutParameters() {
    post("/temporal/entities?options=temporalValues")
        .json("{'id':'%s','type':'Thing'}", newId())
        .refused(400, "InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=Thing&type=Other", "type=Thing&limit=1&limit=2", "q=speed&q=mass"})
  void whatMayStandOnceIsNotSaidTwice(String query) {
    get("/entities?" + query).refused(400, "InvalidRequest");
  }

  @Test
  void aListMayBeSaidPieceByPiece() {
    var id = created("'speed':{'type':'Property','value':1},'mass':{'type':'Property','value':2}");

    get(entity(id) + "?options=sysAttrs&options=keyValues&pick=speed&pick=mass")
        .expect(200)
        .is("{'speed':1,'mass':2}");
  }

  /// As clients of earlier versions say it. Alone it is an option that no operation knows.
  @ParameterizedTest
  @ValueSource(
      strings = {"/entities?type=Thing&", "/subscriptions?", "/csourceRegistrations?type=Thing&"})
  @Clause({"6.3.20", "6.3.13"})
  void countAmongTheOptionsSaysAgainWhatItsParameterSays(String list) {
    get(list + "options=count&count=true").expect(200).header("NGSILD-Results-Count");
    get(list + "options=count").refused(400, "InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local=yes", "splitEntities=1", "count=2"})
  @Clause({"6.3.18", "6.3.13"})
  void aBooleanIsTrueOrFalse(String parameter) {
    get("/entities?type=Thing&" + parameter).refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"type=Thing", "id=urn:x:1", "q=speed", "scopeQ=/a", "georel=near", "idPattern=.*"})
  @Clause({"6.23.3.1", "6.24.3.1", "6.3.20"})
  void aQueryByPostSaysInItsDocumentWhatIsWanted(String parameter) {
    post("/entityOperations/query?" + parameter)
        .json("{'type':'Query','entities':[{'type':'Thing'}]}")
        .refused(400, "InvalidRequest");
    post("/temporal/entityOperations/query?" + parameter)
        .json(
            "{'type':'Query','entities':[{'type':'Thing'}],"
                + "'temporalQ':{'timerel':'before','timeAt':'2026-01-01T00:00:00Z'}}")
        .refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.7.2.4", "5.7.4.4"})
  void aBrokenFilterOfSourcesIsRefusedThoughThereAreNone() {
    get("/entities?type=Thing&csf===").refused(400, "BadRequestData");
    get("/temporal/entities?type=Thing&timerel=before&timeAt=2026-01-01T00:00:00Z&csf===")
        .refused(400, "BadRequestData");
    post("/entityOperations/query")
        .json("{'type':'Query','entities':[{'type':'Thing'}],'csf':'=='}")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.2.4", "4.23.1"})
  void whatIsNoCollationIsRefusedThoughNothingIsOrdered() {
    get("/entities?type=Thing&collation=zz-zz-zz-zz").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.2.4", "5.7.4.4", "5.6.21.4"})
  void attributesOfTheSystemAloneAreTooWide() {
    get("/entities?attrs=createdAt").refused(400, "BadRequestData");
    get("/entities?attrs=modifiedAt,createdAt").refused(400, "BadRequestData");
    get("/temporal/entities?attrs=createdAt&timerel=before&timeAt=2026-01-01T00:00:00Z")
        .refused(400, "BadRequestData");
    get("/entities?attrs=createdAt,speed").expect(200);
  }

  /// Up to version 1.7 every operation had it; what is local anyway takes no notice.
  @Test
  @Clause({"5.5.13", "6.3.18"})
  void localIsKnownEverywhere() {
    for (var path : new String[] {"/subscriptions", "/csourceSubscriptions", "/jsonldContexts"}) {
      get(path).with("local", true).expect(200);
      get(path).with("local", "yes").refused(400, "BadRequestData");
    }
    get("/csourceRegistrations").with("type", "Thing").with("local", true).expect(200);
    var location =
        post("/subscriptions?local=true")
            .json(
                "{'type':'Subscription','entities':[{'type':'Thing'}],"
                    + "'notification':{'endpoint':{'uri':'http://localhost:9/n'}}}")
            .expect(201)
            .header("Location");
    var path = "/subscriptions/" + location.substring(location.lastIndexOf('/') + 1);
    get(path).with("local", true).expect(200).has("localOnly", "true");
    delete(path).with("local", true).expect(204);
  }

  @Test
  @Clause({"6.3.7", "6.3.20", "6.5.3.4"})
  void anUnknownFormatIsRefusedOnTheWayInToo() {
    post("/entities?format=nothing")
        .json("{'id':'%s','type':'Thing'}", newId())
        .refused(400, "InvalidRequest");
    patch(entity(created("'a':1")) + "?format=nothing")
        .json("{'a':2}")
        .refused(400, "InvalidRequest");
  }
}
