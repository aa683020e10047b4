package plaza.conformance.provision;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// What batches do to entities that there are.
class BatchUpdateTest extends Checks {
  private static final String BATCH = "/entityOperations/";
  private final String one = newId();
  private final String two = newId();

  @Test
  @Clause({"5.6.8.4", "5.6.2"})
  void anUpsertThatUpdatesTakesAttributesAway() {
    create(
        one, "Thing", "'speed':{'type':'Property','value':1},'mass':{'type':'Property','value':2}");

    post(BATCH + "upsert?options=update")
        .json("[{'id':'%s','type':'Thing','mass':'urn:ngsi-ld:null'}]", one)
        .expect(204);

    get(entity(one)).expect(200).has("speed/value", "1").hasNo("mass");
  }

  @Test
  @Clause({"5.6.8.4", "5.5.4"})
  void nothingCanBeTakenFromWhatAnUpsertCreatesOrReplaces() {
    create(one, "Thing", "'mass':{'type':'Property','value':2}");

    post(BATCH + "upsert?options=update")
        .json("[{'id':'%s','type':'Thing','mass':'urn:ngsi-ld:null'}]", two)
        .expect(207)
        .has("errors/0/error/status", "400");
    post(BATCH + "upsert")
        .json("[{'id':'%s','type':'Thing','mass':'urn:ngsi-ld:null'}]", one)
        .expect(207)
        .has("errors/0/error/status", "400");
  }

  @Test
  @Clause({"5.6.9.4", "5.6.3.4"})
  void anUpdateGivesScopesToWhatHasNone() {
    create(one, "Thing", "");
    create(two, "Thing", "'scope':'/a'");

    post(BATCH + "update")
        .json("[{'id':'%s','type':'Thing','scope':'/b'},{'id':'%s','scope':'/b'}]", one, two)
        .expect(204);

    get(entity(one)).expect(200).has("scope", "'/b'");
    get(entity(two)).expect(200).has("scope", "'/b'");
  }

  @Test
  @Clause({"4.22", "5.6.20"})
  void aMergeSaysWhenAnEntityEnds() {
    create(one, "Thing", "");

    post(BATCH + "merge")
        .json("[{'id':'%s','type':'Thing','expiresAt':'2099-01-01T00:00:00Z'}]", one)
        .expect(204);

    get(entity(one) + "?options=sysAttrs").expect(200).has("expiresAt", "'2099-01-01T00:00:00Z'");
  }

  @Test
  @Clause("6.3.5")
  void aBatchWithoutAnyContextIsRefusedWhole() {
    post(BATCH + "create")
        .ld("[{'id':'%s','type':'Thing'},{'id':'%s','type':'Thing'}]", one, two)
        .refused(400, "BadRequestData");
    post(BATCH + "create")
        .ld(
            "[{'id':'%s','type':'Thing'},{'id':'%s','type':'Thing','@context':'" + CORE + "'}]",
            one,
            two)
        .expect(207)
        .has("success", "['%s']", two);
  }

  @Test
  @Clause({"5.2.16", "5.5.11.2"})
  void whatSucceedsTwiceIsToldOnce() {
    post(BATCH + "upsert")
        .json("[{'id':'%s','type':'Thing'},{'id':'%s','type':'Thing'},{'id':'%s'}]", one, one, two)
        .expect(207)
        .has("success", "['%s']", one);
  }
}
