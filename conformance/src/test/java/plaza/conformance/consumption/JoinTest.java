package plaza.conformance.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"4.5.23", "5.7.1"})
class JoinTest extends Checks {
  private final String type = newType();
  private final String city = newId();
  private final String country = newId();
  private final String home = newId();

  JoinTest() {
    create(country, "Country", "'name':{'type':'Property','value':'Taiwan'}");
    create(
        city,
        "City",
        "'name':{'type':'Property','value':'Taipei'},'in':{'type':'Relationship','object':'%s','objectType':'Country'}",
        country);
    create(
        home,
        type,
        "'near':{'type':'Relationship','object':'%s','objectType':'City'},'ways':{'type':'ListRelationship','objectList':['%s','%s'],'objectType':'City'}",
        city,
        city,
        country);
  }

  @Test
  @Clause({"4.5.23.2", "5.7.1"})
  void aLinkedEntityStandsInline() {
    get(entity(home))
        .with("join", "inline")
        .expect(200)
        .has("near/object", "'%s'", city)
        .has("near/entity/id", "'%s'", city)
        .has("near/entity/name/value", "'Taipei'")
        .hasNo("near/entity/in/entity");
  }

  @Test
  @Clause({"4.5.23.2", "5.7.1"})
  void linksAreFollowedAsDeepAsIsAsked() {
    get(entity(home))
        .with("join", "inline")
        .with("joinLevel", 2)
        .expect(200)
        .has("near/entity/in/entity/name/value", "'Taiwan'");
  }

  @Test
  @Clause({"4.5.23.3", "5.7.1"})
  void linkedEntitiesStandBeside() {
    var answer = get(entity(home)).with("join", "flat").expect(200);

    assertThat(answer.ids()).startsWith(home).contains(city);
    answer.hasNo("0/near/entity");
  }

  @Test
  @Clause({"4.5.23", "4.5.4"})
  void simplifiedTheLinkedEntityTakesThePlaceOfItsId() {
    get(entity(home))
        .with("join", "inline")
        .with("format", "simplified")
        .expect(200)
        .has("near/id", "'%s'", city)
        .has("near/name", "'Taipei'");
  }

  @Test
  @Clause({"4.5.23", "5.7.2", "4.9"})
  void aConditionMayReachOverALink() {
    assertThat(
            get("/entities")
                .with("type", type)
                .with("join", "inline")
                .with("q", "near{name}==\"Taipei\"")
                .expect(200)
                .ids())
        .containsExactly(home);
    get("/entities")
        .with("type", type)
        .with("join", "inline")
        .with("q", "near{name}==\"Tokyo\"")
        .expect(200)
        .is("[]");
    get("/entities")
        .with("type", type)
        .with("q", "near{name}==\"Taipei\"")
        .refused(400, "BadRequestData");
    get("/entities")
        .with("type", type)
        .with("join", "inline")
        .with("q", "near{in{name}}==\"Taiwan\"")
        .refused(400, "BadRequestData");
    assertThat(
            get("/entities")
                .with("type", type)
                .with("join", "flat")
                .with("joinLevel", 2)
                .with("q", "near{in{name}}==\"Taiwan\"")
                .expect(200)
                .ids())
        .contains(home);
  }

  @Test
  @Clause({"4.5.23", "4.21"})
  void linkedEntitiesArePickedFrom() {
    get(entity(home))
        .with("join", "inline")
        .with("pick", "near{name}")
        .expect(200)
        .has("near/entity/name/value", "'Taipei'")
        .hasNo("near/entity/in", "ways");
  }

  @Test
  @Clause({"4.5.23", "5.7.1"})
  void whatIsNoJoinIsRefused() {
    get(entity(home)).with("join", "sideways").expect(400);
    get(entity(home)).with("join", "inline").with("joinLevel", 0).expect(400);
    get(entity(home)).with("join", "@none").expect(200).hasNo("near/entity");
  }

  @Test
  @Clause("4.21")
  void aLinkMayBeNamedTwice() {
    get(entity(home))
        .with("join", "inline")
        .with("pick", "near{name},near{in}")
        .expect(200)
        .has("near/entity/name/value", "'Taipei'")
        .has("near/entity/in/object", "'%s'", country)
        .hasNo("near/entity/id");
  }
}
