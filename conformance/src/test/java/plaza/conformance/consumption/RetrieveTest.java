package plaza.conformance.consumption;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"5.7.1", "6.5.3.1"})
class RetrieveTest extends Checks {
  @Test
  void anEntityIsShownWhole() {
    var id =
        created("'a':{'type':'Property','value':1},'r':{'type':'Relationship','object':'urn:x:1'}");

    get(entity(id))
        .expect(200)
        .is(
            "{'id':'%s','type':'Thing','a':{'type':'Property','value':1},'r':{'type':'Relationship','object':'urn:x:1'}}",
            id);
  }

  @Test
  void anIdThatIsNotThereIsNotFound() {
    get(entity(newId())).refused(404, "ResourceNotFound");
  }

  @Test
  void anIdThatIsNoUriIsRefused() {
    get("/entities/nouri").refused(400, "BadRequestData");
    get("/entities/no%20uri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.1", "5.5.7"})
  void namesAreCompactedByTheContextOfTheRequest() {
    var id = newId();
    post("/entities")
        .ld(
            "{'id':'%s','type':'Car','mass':{'type':'Property','value':1},"
                + "'@context':[{'mass':'https://example.org/mass','Car':'https://example.org/Car'},'%s']}",
            id, CORE)
        .expect(201);

    get(entity(id))
        .expect(200)
        .is(
            "{'id':'%s','type':'https://example.org/Car','https://example.org/mass':{'type':'Property','value':1}}",
            id);
  }

  @Test
  @Clause({"5.7.1", "4.5.20"})
  void aVocabularyTermIsCompactedByTheContextOfTheRequest() {
    var id = newId();
    post("/entities")
        .ld(
            "{'id':'%s','type':'Thing','kind':{'type':'VocabProperty','vocab':'oak'},"
                + "'@context':[{'oak':'https://example.org/oak'},'%s']}",
            id, CORE)
        .expect(201);

    get(entity(id)).expect(200).has("kind/vocab", "'https://example.org/oak'");
  }

  @Test
  @Clause("6.3.20")
  void parametersThatAreNoneAreRefused() {
    var id = created("");
    get(entity(id)).with("nothing", "1").refused(400, "InvalidRequest");
    get(entity(id)).with("limit", "1").refused(400, "InvalidRequest");
    get(entity(id)).with("options", "nothing").refused(400, "InvalidRequest");
  }
}
