package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Answer;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

class BatchTest extends Checks {
  private static final String BATCH = "/entityOperations/";
  private final String one = newId();
  private final String two = newId();

  private static String thing(String id, int speed) {
    return "{'id':'%s','type':'Thing','speed':{'type':'Property','value':%d}}".formatted(id, speed);
  }

  private static void failed(Answer answer, int index, String id, String error) {
    answer.has("errors/" + index + "/entityId", "'%s'", id);
    answer.has(
        "errors/" + index + "/error/type", "'https://uri.etsi.org/ngsi-ld/errors/%s'", error);
    assertThat(answer.text("errors/" + index + "/error/title")).isNotBlank();
  }

  @Test
  @Clause({"5.6.7", "6.14.3.1"})
  void allAreCreated() {
    var answer =
        post(BATCH + "create").json("[" + thing(one, 1) + "," + thing(two, 2) + "]").expect(201);

    answer.hasType(JSON);
    assertThat(answer.texts("")).containsExactlyInAnyOrder(one, two);
    get(entity(two)).expect(200).has("speed/value", "2");
  }

  @Test
  @Clause({"5.6.7", "6.14.3.1", "5.2.16", "5.2.17"})
  void whatExistsIsAnErrorAndTheRestIsCreated() {
    create(one, "Thing", "");

    var answer =
        post(BATCH + "create").json("[" + thing(one, 1) + "," + thing(two, 2) + "]").expect(207);

    answer.hasType(JSON).hasHeader("Link", "").has("success", "['%s']", two);
    assertThat(answer.list("errors")).hasSize(1);
    failed(answer, 0, one, "AlreadyExists");
    get(entity(one)).expect(200).hasNo("speed");
  }

  @Test
  @Clause({"5.6.7", "6.14.3.1"})
  void whatIsInvalidIsAnErrorAndTheRestIsCreated() {
    var answer =
        post(BATCH + "create")
            .json(
                "[{'id':'%s','type':'Thing','speed':{'type':'Property'}},%s]"
                    .formatted(one, thing(two, 2)))
            .expect(207);

    answer.has("success", "['%s']", two);
    failed(answer, 0, one, "BadRequestData");
  }

  @Test
  @Clause({"5.6.7", "5.5.11.1"})
  void ofTwoWithOneIdTheFirstIsCreated() {
    var answer =
        post(BATCH + "create").json("[" + thing(one, 1) + "," + thing(one, 2) + "]").expect(207);

    answer.has("success", "['%s']", one);
    failed(answer, 0, one, "AlreadyExists");
    get(entity(one)).expect(200).has("speed/value", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "upsert", "update", "delete", "merge"})
  @Clause({"5.6.7", "5.6.8", "5.6.9", "5.6.10"})
  void anEmptyBatchIsRefused(String operation) {
    post(BATCH + operation).json("[]").refused(400, "BadRequestData");
    post(BATCH + operation).json("{}").refused(400, "BadRequestData");
    post(BATCH + operation).body(JSON, "[").refused(400, "InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "upsert", "update", "delete"})
  @Clause({"5.6.7", "5.6.8", "5.6.9", "5.6.10"})
  void aBatchWithANullIsRefused(String operation) {
    var item = operation.equals("delete") ? "'" + one + "'" : thing(one, 1);

    post(BATCH + operation).json("[" + item + ",null]").refused(400, "BadRequestData");

    get(entity(one)).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.8", "6.15.3.1"})
  void upsertCreatesAndSaysWhat() {
    create(one, "Thing", "'mass':{'type':'Property','value':9}");

    var answer =
        post(BATCH + "upsert").json("[" + thing(one, 1) + "," + thing(two, 2) + "]").expect(201);

    assertThat(answer.texts("")).containsExactly(two);
    get(entity(one)).expect(200).has("speed/value", "1").hasNo("mass");
  }

  @Test
  @Clause({"5.6.8", "6.15.3.1"})
  void upsertOfWhatExistsReplacesIt() {
    create(one, "Thing", "'mass':{'type':'Property','value':9}");
    var before = get(entity(one)).with("options", "sysAttrs").expect(200).text("createdAt");

    post(BATCH + "upsert").json("[" + thing(one, 1) + "]").expect(204).hasNoBody();
    post(BATCH + "upsert").with("options", "replace").json("[" + thing(one, 2) + "]").expect(204);

    var after = get(entity(one)).with("options", "sysAttrs").expect(200);
    after.has("speed/value", "2").hasNo("mass").has("createdAt", "'%s'", before);
  }

  @Test
  @Clause({"5.6.8", "6.15.3.1"})
  void upsertMayUpdateInsteadOfReplacing() {
    create(
        one,
        "Thing",
        "'mass':{'type':'Property','value':9},'speed':{'type':'Property','value':0,'unitCode':'KMH'}");

    post(BATCH + "upsert")
        .with("options", "update")
        .json("[" + thing(one, 1) + "," + thing(two, 2) + "]")
        .expect(201)
        .is("['%s']", two);

    get(entity(one))
        .expect(200)
        .has("speed/value", "1")
        .hasNo("speed/unitCode")
        .has("mass/value", "9");
  }

  @Test
  @Clause({"5.6.8", "5.5.11.2"})
  void upsertTakesTheEntitiesInTheirOrder() {
    post(BATCH + "upsert")
        .json(
            "["
                + thing(one, 1)
                + ",{'id':'%s','type':'Thing','mass':{'type':'Property','value':3}}]"
                    .formatted(one))
        .expect(201)
        .is("['%s']", one);

    get(entity(one)).expect(200).has("mass/value", "3").hasNo("speed");
  }

  @Test
  @Clause({"5.6.8", "6.15.3.1"})
  void upsertSaysWhatItCouldNotDo() {
    create(two, "Thing", "");
    var answer =
        post(BATCH + "upsert")
            .json(
                "[{'id':'%s','type':'Thing','speed':{'type':'Property'}},%s]"
                    .formatted(one, thing(two, 2)))
            .expect(207);

    answer.has("success", "['%s']", two);
    failed(answer, 0, one, "BadRequestData");
  }

  @Test
  @Clause({"5.6.9", "6.16.3.1"})
  void updateChangesWhatExists() {
    create(
        one,
        "Thing",
        "'mass':{'type':'Property','value':9},'speed':{'type':'Property','value':0,'unitCode':'KMH'}");

    post(BATCH + "update").json("[" + thing(one, 1) + "]").expect(204).hasNoBody();

    get(entity(one))
        .expect(200)
        .has("speed/value", "1")
        .hasNo("speed/unitCode")
        .has("mass/value", "9");
  }

  @Test
  @Clause({"5.6.9", "6.16.3.1"})
  void updateSaysWhatDoesNotExist() {
    create(two, "Thing", "");

    var answer =
        post(BATCH + "update").json("[" + thing(one, 1) + "," + thing(two, 2) + "]").expect(207);

    answer.has("success", "['%s']", two);
    failed(answer, 0, one, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.9", "6.16.3.1"})
  void updateMaySpareWhatIsThere() {
    create(one, "Thing", "'speed':{'type':'Property','value':0}");

    post(BATCH + "update")
        .with("options", "noOverwrite")
        .json(
            "[{'id':'%s','type':'Thing','speed':{'type':'Property','value':1},'mass':{'type':'Property','value':3}}]",
            one)
        .send();

    get(entity(one)).expect(200).has("speed/value", "0").has("mass/value", "3");
  }

  @Test
  @Clause({"5.6.10", "6.17.3.1"})
  void deleteTakesAllAway() {
    create(one, "Thing", "");
    create(two, "Thing", "");

    post(BATCH + "delete").json("['%s','%s']", one, two).expect(204).hasNoBody();

    get(entity(one)).refused(404, "ResourceNotFound");
    get(entity(two)).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.10", "6.17.3.1"})
  void deleteSaysWhatDidNotExist() {
    create(one, "Thing", "");

    var answer = post(BATCH + "delete").json("['%s','%s']", one, two).expect(207);

    answer.has("success", "['%s']", one);
    failed(answer, 0, two, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.10", "5.5.11.4"})
  void deletingTwiceIsAnErrorTheSecondTime() {
    create(one, "Thing", "");

    var answer = post(BATCH + "delete").json("['%s','%s']", one, one).expect(207);

    answer.has("success", "['%s']", one);
    failed(answer, 0, one, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.10", "6.17.3.1"})
  void deletingWhatHasNoUriIsAnError() {
    create(one, "Thing", "");

    var answer = post(BATCH + "delete").json("['%s','no uri']", one).expect(207);

    answer.has("success", "['%s']", one);
    failed(answer, 0, "no uri", "BadRequestData");
  }

  @Test
  @Clause({"5.6.20", "6.31.3.1"})
  void mergeChangesWhatIsSaid() {
    create(
        one,
        "Thing",
        "'speed':{'type':'Property','value':0,'unitCode':'KMH'},'mass':{'type':'Property','value':9}");

    post(BATCH + "merge")
        .json(
            "[{'id':'%s','type':'Thing','speed':{'type':'Property','value':1},'mass':'urn:ngsi-ld:null'}]",
            one)
        .expect(204)
        .hasNoBody();

    get(entity(one))
        .expect(200)
        .has("speed/value", "1")
        .has("speed/unitCode", "'KMH'")
        .hasNo("mass");
  }

  @Test
  @Clause({"5.6.20", "6.31.3.1"})
  void mergeSaysWhatDoesNotExist() {
    create(two, "Thing", "");

    var answer =
        post(BATCH + "merge").json("[" + thing(one, 1) + "," + thing(two, 2) + "]").expect(207);

    answer.has("success", "['%s']", two);
    failed(answer, 0, one, "ResourceNotFound");
  }

  @Test
  @Clause({"5.6.20", "5.5.11.5"})
  void mergeTakesTheEntitiesInTheirOrder() {
    create(one, "Thing", "");

    post(BATCH + "merge").json("[" + thing(one, 1) + "," + thing(one, 2) + "]").expect(204);

    get(entity(one)).expect(200).has("speed/value", "2");
  }

  @Test
  @Clause({"5.6.7", "6.3.5"})
  void eachEntityOfABatchMayHaveItsOwnContext() {
    post(BATCH + "create")
        .ld(
            "[{'id':'%s','type':'Thing','mass':{'type':'Property','value':1},"
                + "'@context':[{'mass':'https://example.org/mass'},'%s']},"
                + "{'id':'%s','type':'Thing','mass':{'type':'Property','value':2},'@context':'%s'}]",
            one, CORE, two, CORE)
        .expect(201);

    get(entity(one)).expect(200).has("https://example.org/mass", "{'type':'Property','value':1}");
    get(entity(two)).expect(200).has("mass/value", "2");
  }

  @Test
  @Clause({"5.6.7", "6.3.5"})
  void withALinkTheContextIsThatOfAll() {
    post(BATCH + "create")
        .link(CORE)
        .json("[" + thing(one, 1) + "," + thing(two, 2) + "]")
        .expect(201);
    post(BATCH + "create")
        .json("[{'id':'%s','type':'Thing','@context':'%s'}]", newId(), CORE)
        .refused(400, "BadRequestData");
    post(BATCH + "create")
        .link(CORE)
        .ld("[" + thing(newId(), 1) + "]")
        .refused(400, "BadRequestData");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "upsert", "update", "merge"})
  @Clause("6.3.20")
  void optionsThatAreNoneAreRefused(String operation) {
    post(BATCH + operation)
        .with("options", "nothing")
        .json("[" + thing(one, 1) + "]")
        .refused(400, "InvalidRequest");
  }
}
