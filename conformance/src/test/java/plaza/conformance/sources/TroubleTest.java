package plaza.conformance.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import plaza.conformance.Broker;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;

/// What is said when sources are old, late, silent, or lead in a circle.
@Clause({"6.3.17", "6.3.18", "5.2.34"})
class TroubleTest extends Checks {
  private final String tenant = "t" + unique();
  private final String type = newType();
  private final String id = newId();

  private void register(String mode, String operations, String endpoint, String management) {
    var alone = mode.equals("exclusive");
    post("/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','mode':'%s','operations':['%s']%s,'information':[{'entities':[{%s'type':'%s'}]%s}]}"
                .formatted(
                    endpoint,
                    mode,
                    operations,
                    management.isEmpty() ? "" : ",'management':{" + management + "}",
                    alone ? "'id':'" + id + "'," : "",
                    type,
                    alone ? ",'propertyNames':['speed']" : ""))
        .expect(201);
  }

  private static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static String url(ServerSocket socket) {
    return "http://localhost:" + socket.getLocalPort();
  }

  private static String self() {
    return Broker.checked().url().replace("/ngsi-ld/v1", "");
  }

  @Test
  @Clause({"6.3.17", "5.2.34", "5.7.1"})
  void anAnswerThatIsUsedAgainIsStale() {
    var source =
        new Receiver()
            .serving(
                "{\"id\":\"%s\",\"type\":\"%s\",\"speed\":{\"type\":\"Property\",\"value\":1},\"@context\":\"%s\"}"
                    .formatted(id, type, CORE));
    register("inclusive", "retrieveOps", source.url(), "'cacheDuration':'PT10M'");

    var first = get(entity(id)).tenant(tenant).expect(200);
    var second = get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");

    assertThat(first.headers("NGSILD-Warning")).isEmpty();
    assertThat(second.header("NGSILD-Warning")).startsWith("110");
    assertThat(source.asked()).isEqualTo(1);
  }

  @Test
  @Clause({"6.3.17", "5.2.34", "5.6.4"})
  void whatTheOnlySourceDoesNotAnswerInTimeIsAGatewayTimeout() throws IOException {
    try (var silent = silent()) {
      register("exclusive", "redirectionOps", url(silent), "'timeout':300");

      patch(entity(id) + "/attrs/speed")
          .tenant(tenant)
          .json("{'value':2}")
          .expect(504)
          .hasType(JSON);
      delete(entity(id) + "/attrs/speed").tenant(tenant).expect(504).hasType(JSON);
    }
  }

  @Test
  @Clause({"6.3.17", "5.2.34", "5.7.1", "5.7.2"})
  void aSourceThatIsLateOnlyWarnsWhoReads() throws IOException {
    try (var silent = silent()) {
      register("inclusive", "retrieveOps", url(silent), "'timeout':300,'cooldown':600000");
      post("/entities")
          .tenant(tenant)
          .json("{'id':'%s','type':'%s','speed':{'type':'Property','value':1}}", id, type)
          .expect(201);

      for (int i = 0; i < 2; i++) {
        var answer = get(entity(id)).tenant(tenant).expect(200).has("speed/value", "1");
        assertThat(answer.header("NGSILD-Warning")).startsWith("199");
      }
    }
  }

  @Test
  @Clause({"6.3.17", "6.3.18", "5.6.4"})
  void aSourceThatLeadsBackHereIsALoop() {
    post("/csourceRegistrations")
        .tenant(tenant)
        .json(
            "{'type':'ContextSourceRegistration','endpoint':'%s','tenant':'%s','mode':'exclusive','operations':['redirectionOps'],'information':[{'entities':[{'id':'%s','type':'%s'}],'propertyNames':['speed']}]}"
                .formatted(self(), tenant, id, type))
        .expect(201);

    patch(entity(id) + "/attrs/speed").tenant(tenant).json("{'value':2}").expect(508).hasType(JSON);
  }

  @Test
  @Clause({"6.3.18", "5.2.40"})
  void aRequestThatHasBeenHereIsALoop() {
    register("inclusive", "retrieveOps", new Receiver().answering(404).url(), "");
    var alias = get("/info/sourceIdentity").tenant(tenant).expect(200).text("contextSourceAlias");

    get(entity(id)).tenant(tenant).header("Via", "1.1 other, 1.1 " + alias).expect(508);
    get(entity(id)).tenant(tenant).header("Via", "1.1 other").expect(404);
  }

  @Test
  @Clause({"5.2.5", "4.5.2.2"})
  void aProofIsKeptWithItsSeals() {
    var sealed =
        created(
            "'a':{'type':'Property','value':1,'ngsildproof':{'type':'Property','entityIdSealed':'urn:x:1','entityTypeSealed':'Thing',"
                + "'value':{'type':'DataIntegrityProof','proofValue':'z3'}}}");

    get(entity(sealed))
        .expect(200)
        .has("a/ngsildproof/entityIdSealed", "'urn:x:1'")
        .has("a/ngsildproof/entityTypeSealed", "'Thing'")
        .has("a/ngsildproof/value/proofValue", "'z3'");
    get(entity(sealed)).with("options", "keyValues").expect(200).has("a", "1");
  }
}
