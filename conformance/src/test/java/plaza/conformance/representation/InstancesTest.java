package plaza.conformance.representation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause("4.5.5")
class InstancesTest extends Checks {
  private final String id =
      created(
          "'name':[{'type':'Property','value':'David Robert Jones'},"
              + "{'type':'Property','value':'David Bowie','datasetId':'urn:d:1'},"
              + "{'type':'Property','value':'Ziggy Stardust','datasetId':'urn:d:2'}],"
              + "'knows':[{'type':'Relationship','object':'urn:x:1'},"
              + "{'type':'Relationship','object':'urn:x:2','datasetId':'urn:d:1'}],"
              + "'age':{'type':'Property','value':7},"
              + "'only':{'type':'Property','value':1,'datasetId':'urn:d:2'}");

  @Test
  void severalInstancesAreShownAsAnArray() {
    var answer = get(entity(id)).expect(200);

    assertThat(answer.list("name")).hasSize(3);
    assertThat(answer.list("knows")).hasSize(2);
    answer.has("only", "{'type':'Property','value':1,'datasetId':'urn:d:2'}");
  }

  @Test
  @Clause({"4.5.5", "4.5.4"})
  void simplifiedTheyAreNamedByDatasetId() {
    get(entity(id))
        .with("format", "simplified")
        .expect(200)
        .has(
            "name",
            "{'dataset':{'@none':'David Robert Jones','urn:d:1':'David Bowie','urn:d:2':'Ziggy Stardust'}}")
        .has("knows", "{'dataset':{'@none':'urn:x:1','urn:d:1':'urn:x:2'}}")
        .has("age", "7");
  }

  @Test
  @Clause({"4.5.5", "5.7.1"})
  void oneDatasetIsAView() {
    get(entity(id))
        .with("datasetId", "urn:d:1")
        .expect(200)
        .has("name", "{'type':'Property','value':'David Bowie','datasetId':'urn:d:1'}")
        .has("knows", "{'type':'Relationship','object':'urn:x:2','datasetId':'urn:d:1'}")
        .hasNo("age", "only");
  }

  @Test
  @Clause({"4.5.5", "5.7.1"})
  void theDefaultInstancesAreAViewToo() {
    get(entity(id))
        .with("datasetId", "@none")
        .expect(200)
        .has("name", "{'type':'Property','value':'David Robert Jones'}")
        .has("age", "{'type':'Property','value':7}")
        .hasNo("only");
  }

  @Test
  @Clause({"4.5.5", "5.7.2"})
  void severalDatasetsMayBeAskedFor() {
    var answer =
        get("/entities")
            .with("local", true)
            .with("id", id)
            .with("datasetId", "@none,urn:d:2")
            .expect(200);

    assertThat(answer.list("0/name")).hasSize(2);
    answer.has("0/only/value", "1");
  }

  @Test
  void thereIsOneDefaultInstanceAndOneOfEachDataset() {
    post("/entities")
        .json(
            "{'id':'%s','type':'Thing','a':[{'type':'Property','value':1},{'type':'Property','value':2}]}",
            newId())
        .refused(400, "BadRequestData");
    post("/entities")
        .json(
            "{'id':'%s','type':'Thing','a':[{'type':'Property','value':1,'datasetId':'urn:d:1'},{'type':'Property','value':2,'datasetId':'urn:d:1'}]}",
            newId())
        .refused(400, "BadRequestData");
  }

  @Test
  void theDefaultInstanceMayBeCalledNone() {
    var other = created("'a':{'type':'Property','value':1,'datasetId':'@none'}");

    get(entity(other)).expect(200).has("a", "{'type':'Property','value':1}");
  }

  @Test
  void aDatasetIdThatIsNoneIsRefused() {
    get(entity(id)).with("datasetId", "no uri").refused(400, "BadRequestData");
  }

  @Test
  void subAttributesHaveInstancesToo() {
    var other =
        created(
            "'a':{'type':'Property','value':1,'s':[{'type':'Property','value':2},{'type':'Property','value':3,'datasetId':'urn:d:1'}]}");

    assertThat(get(entity(other)).expect(200).list("a/s")).hasSize(2);
  }
}
