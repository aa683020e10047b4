package plaza.conformance.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause("4.22")
class TransientTest extends Checks {
  private static void create(String id, String members) {
    post("/entities").json("{'id':'%s','type':'Alert',%s}".formatted(id, members)).expect(201);
  }

  private static String in(int millis) {
    return Instant.now().plusMillis(millis).toString();
  }

  @Test
  void anEntityIsThereUntilItsTimeHasCome() {
    var id = newId();
    create(id, "'expiresAt':'%s','a':{'type':'Property','value':1}".formatted(in(8_000)));
    get(entity(id)).with("options", "sysAttrs").expect(200).at("expiresAt");

    eventually(() -> get(entity(id)).refused(404, "ResourceNotFound"));
    assertThat(get("/entities").with("type", "Alert").with("id", id).expect(200).list()).isEmpty();
    patch(entity(id)).json("{'a':{'type':'Property','value':2}}").refused(404, "ResourceNotFound");
    create(id, "'a':{'type':'Property','value':3}");
    get(entity(id)).expect(200).has("a/value", "3");
  }

  @Test
  void anAttributeEndsAlone() {
    var id = newId();
    create(
        id,
        "'a':{'type':'Property','value':1,'expiresAt':'%s'},'b':{'type':'Property','value':1}"
            .formatted(in(8_000)));
    get(entity(id)).expect(200).has("a/value", "1");

    eventually(() -> get(entity(id)).expect(200).hasNo("a").has("b/value", "1"));
  }

  @Test
  @Clause({"5.5.8", "5.5.12", "5.6.9"})
  void anEndIsTakenAwayByNullAndChangedByBatches() {
    for (var path : new String[] {"", "/attrs"}) {
      var id = newId();
      create(id, "'expiresAt':'2090-01-01T00:00:00Z'");
      patch(entity(id) + path).json("{'expiresAt':'%s'}", NULL).expect(204);
      get(entity(id)).with("options", "sysAttrs").expect(200).hasNo("expiresAt");
    }
    var id = newId();
    create(id, "'expiresAt':'2090-01-01T00:00:00Z'");
    post("/entityOperations/update")
        .json("[{'id':'%s','type':'Alert','expiresAt':'2091-01-01T00:00:00Z'}]", id)
        .expect(204);
    get(entity(id))
        .with("options", "sysAttrs")
        .expect(200)
        .has("expiresAt", "'2091-01-01T00:00:00Z'");
  }

  @Test
  @Clause({"4.18", "5.5.8"})
  void aScopeIsTakenAwayByNull() {
    for (var path : new String[] {"", "/attrs"}) {
      var id = newId();
      create(id, "'scope':['/A','/B']");
      patch(entity(id) + path).json("{'scope':'%s'}", NULL).expect(204);
      get(entity(id)).expect(200).hasNo("scope");
    }
  }
}
