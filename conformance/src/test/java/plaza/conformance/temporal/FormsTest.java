package plaza.conformance.temporal;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// In which form evolutions are shown.
class FormsTest extends Checks {
  private final String type = newType();
  private final String id = newId();
  private final String path = "/temporal/entities/" + id;

  @BeforeEach
  void record() {
    post("/temporal/entities")
        .json(
            "{'id':'%s','type':'%s','says':["
                + "{'type':'LanguageProperty','languageMap':{'en':'yes','fr':'oui'},'observedAt':'2026-01-01T00:00:00Z'},"
                + "{'type':'LanguageProperty','languageMap':{'en':'no','fr':'non'},'observedAt':'2026-01-02T00:00:00Z'}]}",
            id, type)
        .expect(201);
  }

  @Test
  @Clause({"4.15", "6.19.3.1", "6.18.3.2", "6.24.3.1"})
  void oneLanguageIsChosenOfEveryInstance() {
    get(path + "?lang=fr")
        .expect(200)
        .has("says/0/type", "'Property'")
        .has("says/0/value", "'oui'")
        .has("says/0/lang", "'fr'")
        .has("says/1/value", "'non'")
        .hasNo("says/0/languageMap");
    get("/temporal/entities?type=" + type + "&timerel=before&timeAt=2027-01-01T00:00:00Z&lang=fr")
        .expect(200)
        .has("0/says/1/value", "'non'");
    post("/temporal/entityOperations/query")
        .json(
            "{'type':'Query','entities':[{'type':'%s'}],'lang':'en',"
                + "'temporalQ':{'timerel':'before','timeAt':'2027-01-01T00:00:00Z'}}",
            type)
        .expect(200)
        .has("0/says/0/value", "'yes'");
  }

  @Test
  @Clause({"4.15", "4.5.9"})
  void oneLanguageIsChosenOfValuesWithTimes() {
    get(path + "?lang=en&format=temporalValues")
        .expect(200)
        .has(
            "says",
            "{'type':'Property','values':[['yes','2026-01-01T00:00:00Z'],['no','2026-01-02T00:00:00Z']]}");
  }

  @Test
  @Clause({"6.18.3.2", "6.19.3.1"})
  void methodsCountWhereAggregatesAreAskedFor() {
    get(path + "?aggrMethods=totalCount").expect(200).hasNo("says/totalCount");
    get(path + "?aggrMethods=totalCount&format=aggregatedValues")
        .expect(200)
        .has("says/totalCount/0/0", "2");
  }

  @Test
  @Clause("6.3.12")
  void theFormsOfEntitiesAreNotThoseOfEvolutions() {
    get(path + "?format=simplified").refused(400, "InvalidRequest");
    get(path + "?options=keyValues").refused(400, "InvalidRequest");
  }

  @Test
  @Clause({"5.2.33", "5.7.4.4"})
  void everyTypeIsAskedForHereAlone() {
    var query =
        "{'type':'Query','entities':[{'type':'*','id':'%s'}],"
            + "'temporalQ':{'timerel':'before','timeAt':'2027-01-01T00:00:00Z'}}";
    post("/temporal/entityOperations/query").json(query, id).expect(200).has("0/id", "'%s'", id);
    post("/temporal/entityOperations/query?local=false")
        .json(query, id)
        .refused(400, "BadRequestData");
    post("/entityOperations/query?local=false")
        .json("{'type':'Query','entities':[{'type':'*','id':'%s'}]}", id)
        .refused(400, "BadRequestData");
  }
}
