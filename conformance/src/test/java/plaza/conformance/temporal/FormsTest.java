package plaza.conformance.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

/// In which form evolutions are shown.
class FormsTest extends Checks {
  private static final String SPEED =
      "'speed':[{'type':'Property','value':120,'observedAt':'2026-01-01T12:03:00Z'}]";

  private final String type = newType();
  private final String id = newId();
  private final String path = evolution(id);

  /// A car at noon, as it is asked for in the tests of filters.
  private final String car = newId();

  private final String kind = newType();

  @BeforeEach
  void fill() {
    record(
        id,
        type,
        "'says':["
            + "{'type':'LanguageProperty','languageMap':{'en':'yes','fr':'oui'},'observedAt':'2026-01-01T00:00:00Z'},"
            + "{'type':'LanguageProperty','languageMap':{'en':'no','fr':'non'},'observedAt':'2026-01-02T00:00:00Z'}]");
  }

  /// What was so in the hour from noon on.
  private Request noon(String attrs) {
    return get("/temporal/entities")
        .with("type", kind)
        .with("attrs", attrs)
        .with("timerel", "between")
        .with("timeAt", "2026-01-01T12:00:00Z")
        .with("endTimeAt", "2026-01-01T13:00:00Z");
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

  @Test
  @Clause({"5.7.4.4", "4.9", "4.10"})
  void whatHasNoTimeHoldsAtAllTimesInFilters() {
    record(
        car,
        kind,
        "'brandName':[{'type':'Property','value':'BMW'}],"
            + "'location':[{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}],"
            + SPEED);

    assertThat(noon("speed").with("q", "brandName!=Mercedes").expect(200).ids())
        .containsExactly(car);
    assertThat(noon("speed").with("q", "brandName==\"VW\"").expect(200).ids()).isEmpty();
    assertThat(near("[1,2]").expect(200).ids()).containsExactly(car);
    assertThat(near("[2,2]").expect(200).ids()).isEmpty();
  }

  private Request near(String coordinates) {
    return noon("speed")
        .with("georel", "near;maxDistance==10")
        .with("geometry", "Point")
        .with("coordinates", coordinates);
  }

  @Test
  @Clause({"4.18", "5.7.4.4", "4.19"})
  void aScopeHoldsUntilAnotherTakesItsPlace() {
    record(
        car,
        kind,
        "'scope':["
            + "{'type':'Property','value':'/Madrid/Centro','observedAt':'2026-01-01T11:00:00Z'},"
            + "{'type':'Property','value':'/Madrid/Sur','observedAt':'2026-01-01T14:00:00Z'}],"
            + SPEED);

    noonIn("\"/Madrid/Centro\"")
        .expect(200)
        .has(
            "",
            "[{'id':'%s','type':'%s','scope':{'type':'Property','values':[['/Madrid/Centro','2026-01-01T11:00:00Z']]},"
                + "'speed':{'type':'Property','values':[[120,'2026-01-01T12:03:00Z']]}}]",
            car,
            kind);
    assertThat(noonIn("/Madrid/Sur").expect(200).ids()).isEmpty();
  }

  private Request noonIn(String scope) {
    return noon("speed,scope").with("format", "temporalValues").with("scopeQ", scope);
  }

  @Test
  @Clause({"5.5.6", "4.5.19"})
  void morePeriodsThanCanBeToldAreTooComplex() {
    var asked = "format=aggregatedValues&aggrMethods=totalCount&aggrPeriodDuration=PT0.000001S";
    get(path + "?" + asked).refused(403, "TooComplexQuery");
    get("/temporal/entities?type=" + type + "&timerel=before&timeAt=2027-01-01T00:00:00Z&" + asked)
        .refused(403, "TooComplexQuery");
  }
}
