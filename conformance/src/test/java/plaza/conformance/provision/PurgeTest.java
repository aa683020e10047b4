package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

class PurgeTest extends Checks {
  private final String type = newType();
  private final String one = newId();
  private final String two = newId();

  PurgeTest() {
    create(one, type, "'a':{'type':'Property','value':1},'b':{'type':'Property','value':1}");
    create(two, type, "'a':{'type':'Property','value':2},'b':{'type':'Property','value':1}");
  }

  @Test
  @Clause({"5.6.21", "6.4.3.3"})
  void whatMeetsTheConditionIsPurged() {
    delete("/entities").with("type", type).with("q", "a==1").expect(204).hasNoBody();

    assertThat(get("/entities").with("type", type).expect(200).ids()).containsExactly(two);
  }

  @Test
  @Clause({"5.6.21", "6.4.3.3"})
  void aTypeIsPurged() {
    delete("/entities").with("type", type).expect(204);

    get("/entities").with("type", type).expect(200).is("[]");
    delete("/entities").with("type", type).expect(204);
  }

  @Test
  @Clause({"5.6.21", "6.4.3.3"})
  void someAttributesAreDropped() {
    delete("/entities").with("type", type).with("drop", "a").expect(204);

    get(entity(one)).expect(200).hasNo("a").at("b");
    get(entity(two)).expect(200).hasNo("a").at("b");
  }

  @Test
  @Clause({"5.6.21", "6.4.3.3"})
  void allButSomeAttributesAreDropped() {
    delete("/entities").with("type", type).with("keep", "a").expect(204);

    get(entity(one)).expect(200).hasNo("b").at("a");
  }

  @Test
  @Clause({"5.6.21", "6.4.3.3"})
  void aPurgeOfEverythingIsTooWide() {
    delete("/entities").refused(400, "BadRequestData");
    delete("/entities").with("id", one).refused(400, "BadRequestData");
    delete("/entities").with("type", type).with("q", "a=").refused(400, "BadRequestData");
    delete("/entities").with("type", type).with("id", "no uri").refused(400, "BadRequestData");
    delete("/entities").with("type", type).with("drop", "a{b}").refused(400, "BadRequestData");
    assertThat(get("/entities").with("type", type).expect(200).ids()).hasSize(2);
  }

  @Test
  @Clause({"4.22", "5.2.4"})
  void whatExpiresIsGoneAfterwards() {
    var soon = Instant.now().plusMillis(8_000).truncatedTo(ChronoUnit.MILLIS);
    var passing = created("'expiresAt':'%s','a':{'type':'Property','value':1}".formatted(soon));
    var kept =
        created(
            "'a':{'type':'Property','value':1,'expiresAt':'%s'},'b':{'type':'Property','value':1}"
                .formatted(soon));
    get(entity(passing)).expect(200);
    get(entity(kept)).expect(200).at("a");

    eventually(() -> get(entity(passing)).refused(404, "ResourceNotFound"));
    eventually(() -> get(entity(kept)).expect(200).hasNo("a").at("b"));
  }
}
