package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;

/// What is kept of people, through the public addresses of a server that starts with an empty
/// folder.
class PrivacyOverHttpTest {
  private static final String NEEDS = "/api/v1/needs";

  @TempDir Path folder;

  @Test
  void peopleSeeTakeAlongAndEraseWhatIsKeptOfThem() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var server =
            RunningServer.start(
                folder,
                "run",
                "--port",
                "0",
                "--privacy-controller",
                "City of Taipei, data@taipei.example",
                "--data",
                folder.resolve("data").toString())) {
      var city = new CityPeople(client, server.url(), server.output());
      city.join("mei", "moderator", null);
      city.join("zoe.quill", null, null);
      city.join("bob", null, null);
      var zoe = city.person("zoe.quill");
      zoe.patch(
              "/api/v1/people/" + city.id("zoe.quill"),
              "{'displayName': 'Zoe Quill', 'email': 'zoe@quill.example'}")
          .expect(200);
      var need =
          zoe.post(
                  NEEDS,
                  "{'title': 'More bikes', 'description': 'Call Zoe Quill, zoe@quill.example'}")
              .expect(201)
              .text("id");
      city.person("mei")
          .step(NEEDS + "/" + need, "publish", "{'moderationNote': 'fine'}")
          .expect(200);
      for (var name : new String[] {"zoe.quill", "bob"})
        city.person(name).post(NEEDS + "/" + need + "/supports", "{}");
      assertThat(city.nobody().get("/api/v1/privacy/register").expect(200).text("controller"))
          .isEqualTo("City of Taipei, data@taipei.example");
      city.nobody().get("/api/v1/me/data").expect(401);
      assertThat(zoe.get("/api/v1/me/data").expect(200).text())
          .contains("zoe@quill.example", "Zoe Quill", need);
      assertThat(city.nobody().get("/privacy").expect(200).text())
          .contains("City of Taipei", "E-mail address");
      city.person("bob").get("/api/v1/people/" + city.id("zoe.quill") + "/data").expect(403);
      zoe.post("/api/v1/me/erasure", "{}").expect(400);

      assertThat(zoe.post("/api/v1/me/erasure", "{'confirm': true}").expect(200).text())
          .contains("Need");

      zoe.get("/api/v1/me/data").expect(401);
      var shown = city.nobody().get(NEEDS + "/" + need).expect(200);
      assertThat(shown.at("supporters")).isEqualTo(Value.of(2));
      for (var path :
          new String[] {
            NEEDS,
            NEEDS + "/" + need,
            NEEDS + "/" + need + "/events",
            "/ngsi-ld/v1/entities?type=https://plaza.city/ns%23Need",
            "/ngsi-ld/v1/temporal/entities/" + need
          })
        assertThat(city.person("mei").get(path).text())
            .as(path)
            .doesNotContain("Zoe")
            .doesNotContain("quill.example");
      assertThat(city.admin().get("/api/v1/people").expect(200).text()).doesNotContain("zoe");
      assertThat(city.admin().get("/api/v1/privacy/erasures").expect(200).items()).hasSize(1);
    }
  }
}
