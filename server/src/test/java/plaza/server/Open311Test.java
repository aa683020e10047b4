package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Value;
import plaza.json.Json;

/// Open311 GeoReport v2 as an app of a resident meets it.
class Open311Test {
  private static final String V2 = "/open311/v2";
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private String url = "";
  private CityPeople city;

  private void run(Story story, String... flags) throws Exception {
    var arguments = new java.util.ArrayList<>(List.of("run", "--port", "0", "--data"));
    arguments.add(folder.resolve("data").toString());
    arguments.addAll(List.of(flags));
    try (var server = RunningServer.start(folder, arguments.toArray(String[]::new))) {
      url = server.url();
      city = new CityPeople(client, url, server.output());
      city.organisation("Works", "department");
      city.join("po", "pmo", null);
      city.join("otto", "departmentOfficer", null);
      city.join("rita", null, null);
      category(
          "{'code': 'lamp', 'title': 'Dark street lamp', 'group': 'street',"
              + " 'keywords': ['lamp', 'light'], 'department': '"
              + city.organisation("Works")
              + "', 'respondWithinHours': 72}");
      category(
          """
          {'code': 'hole', 'title': 'Hole in the road', 'notice': 'We fill it.', 'attributes': [
            {'code': 'SIZE', 'description': 'How large?', 'datatype': 'singlevaluelist',
             'required': true, 'values': [{'key': 's', 'name': 'Small'}, {'key': 'l', 'name': 'L & XL'}]},
            {'code': 'LANES', 'description': 'Which lanes?', 'datatype': 'multivaluelist',
             'values': [{'key': '1'}, {'key': '2'}]}]}
          """);
      story.told();
    } finally {
      client.close();
    }
  }

  private void category(String json) {
    city.person("po").post("/api/v1/fault-categories", json).expect(201);
  }

  @FunctionalInterface
  private interface Story {
    void told() throws Exception;
  }

  @Test
  void anAppFindsReportsAndFollowsAFaultInBothForms() throws Exception {
    run(() -> {
      discovery();
      services();
      refusals();
      var id = report();
      follow(id);
      search(id);
    });
  }

  @Test
  void whereTheOperatorAllowsItAnybodyReportsAFewTimesAnHour() throws Exception {
    run(
        () -> {
          var reported = post("json", "service_code", "lamp", "lat", "25.03", "long", "121.5");
          assertThat(reported.statusCode()).as(reported.body()).isEqualTo(200);
          var token = reported.headers().firstValue("Plaza-Follow-Token").orElseThrow();
          var id = text(json(reported), "service_request_id");
          assertThat(xpath(get("/tokens/" + token + ".xml"), "//request/service_request_id"))
              .isEqualTo(id);
          assertThat(
                  city.nobody()
                      .with("X-Follow-Token", token)
                      .step(fault(id), "withdraw", "{}")
                      .expect(200)
                      .text("state"))
              .isEqualTo("CLOSED");
          post("json", "service_code", "lamp", "address_string", "5 High Street");
          var third = post("xml", "service_code", "lamp", "address_id", "4711");
          assertThat(third.statusCode()).isEqualTo(429);
          assertThat(xpath(third, "/errors/error/code")).isEqualTo("429");
          var named = "jurisdiction_id=city.example";
          assertThat(get("/services.json?" + named).statusCode()).isEqualTo(200);
        },
        "--faults-anonymous",
        "true",
        "--faults-anonymous-per-hour",
        "2",
        "--faults-jurisdictions",
        "city.example=default");
  }

  private void discovery() throws Exception {
    var json = (Value.Struct) Json.parse(get("/discovery.json").body());
    var endpoint =
        (Value.Struct) ((Value.Items) json.members().get("endpoints")).items().getFirst();
    assertThat(text(endpoint, "url")).isEqualTo(url + V2);
    assertThat(text(endpoint, "specification")).isEqualTo("http://wiki.open311.org/GeoReport_v2");
    var xml = get("/discovery.xml");
    assertThat(xml.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
    assertThat(xpath(xml, "/discovery/endpoints/endpoint/formats/format[1]")).isEqualTo("text/xml");
  }

  private void services() throws Exception {
    var services = ((Value.Items) Json.parse(get("/services.json").body())).items();
    assertThat(services).hasSize(2);
    var lamp = (Value.Struct) services.getLast();
    assertThat(text(lamp, "service_code")).isEqualTo("lamp");
    assertThat(text(lamp, "keywords")).isEqualTo("lamp, light");
    assertThat(lamp.members())
        .containsEntry("metadata", Value.of(false))
        .containsEntry("type", Value.of("realtime"));
    var definition = get("/services/hole.xml");
    assertThat(xpath(definition, "//attribute[code='SIZE']/values/value[key='l']/name"))
        .isEqualTo("L & XL");
    assertThat(xpath(definition, "//attribute[code='LANES']/order")).isEqualTo("2");
    assertThat(get("/services/nothing.json").statusCode()).isEqualTo(404);
    assertThat(get("/services.json?jurisdiction_id=nowhere").statusCode()).isEqualTo(404);
  }

  private void refusals() throws Exception {
    refused(403, "service_code", "lamp", "lat", "25", "long", "121");
    refused(403, "api_key", "plz_no_no", "service_code", "lamp", "lat", "25", "long", "121");
    refused(400, "api_key", key(), "lat", "25", "long", "121");
    refused(404, "api_key", key(), "service_code", "nothing", "lat", "25", "long", "121");
    refused(400, "api_key", key(), "service_code", "lamp");
    refused(400, "api_key", key(), "service_code", "lamp", "lat", "25");
    refused(400, "api_key", key(), "service_code", "lamp", "lat", "91", "long", "121");
    refused(400, "api_key", key(), "service_code", "hole", "lat", "25", "long", "121");
    refused(
        400,
        "api_key",
        key(),
        "service_code",
        "lamp",
        "address_string",
        "x",
        "media_url",
        "javascript:alert(1)");
    refused(
        404,
        "api_key",
        key(),
        "jurisdiction_id",
        "nowhere",
        "service_code",
        "lamp",
        "address_string",
        "x");
  }

  private void refused(int status, String... form) throws Exception {
    var answer = post("json", form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).members()).containsEntry("code", Value.of(status));
    assertThat(text(json(answer), "description")).isNotBlank();
  }

  private String report() throws Exception {
    var answer =
        post(
            "xml",
            "api_key",
            key(),
            "service_code",
            "hole",
            "lat",
            "25.033",
            "long",
            "121.565",
            "address_string",
            "5th <street>",
            "email",
            "rita@example.org",
            "phone",
            "0912345678",
            "first_name",
            "Rita",
            "description",
            "A hole & a half\nring 0912 345 678",
            "media_url",
            "https://pictures.example/1.jpg",
            "attribute[SIZE]",
            "l",
            "attribute[LANES][]",
            "1",
            "attribute[LANES][]",
            "2",
            "color",
            "ignored");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(xpath(answer, "/service_requests/request/service_notice")).isEqualTo("We fill it.");
    return xpath(answer, "/service_requests/request/service_request_id");
  }

  private static String fault(String id) {
    return "/api/v1/faults/urn:ngsi-ld:ServiceRequest:" + id;
  }

  private void follow(String id) throws Exception {
    var open = json(get("/requests/" + id + ".json"));
    assertThat(open.members())
        .containsEntry("status", Value.of("open"))
        .containsEntry("lat", Value.of(25.033))
        .containsEntry("description", Value.of("A hole & a half\nring […]"))
        .containsEntry("address", Value.of("5th <street>"))
        .containsEntry("agency_responsible", Value.Null.VALUE);
    assertThat(text(open, "requested_datetime"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    var everywhere = get("/requests/" + id + ".json").body() + get("/requests.xml").body();
    assertThat(everywhere).doesNotContain("rita", "Rita", "0912", "SIZE");
    var seen = city.person("otto").get(fault(id)).expect(200);
    assertThat(seen.text("email")).isEqualTo("rita@example.org");
    assertThat(city.person("rita").get(fault(id)).expect(200).text("phone"))
        .isEqualTo("0912345678");
    assertThat(city.nobody().get(fault(id)).expect(200).text()).doesNotContain("rita");

    city.person("otto")
        .step(
            fault(id),
            "accept",
            "{'department': '%s', 'expectedAt': '2030-01-01T00:00:00Z'}"
                .formatted(city.organisation("Works")))
        .expect(200);
    city.person("otto").step(fault(id), "close", "{}").expect(409);
    city.person("otto").step(fault(id), "close", "{'statusNotes': 'Filled.'}").expect(200);
    var closed = get("/requests/" + id + ".xml");
    assertThat(xpath(closed, "//request/status")).isEqualTo("closed");
    assertThat(xpath(closed, "//request/status_notes")).isEqualTo("Filled.");
    assertThat(xpath(closed, "//request/agency_responsible")).isEqualTo("Works");
    assertThat(xpath(closed, "//request/expected_datetime")).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(xpath(closed, "//request/address")).isEqualTo("5th <street>");
    assertThat(get("/requests/01ABC.json").statusCode()).isEqualTo(404);
    assertThat(get("/requests/" + id + ".csv").statusCode()).isEqualTo(404);
  }

  private void search(String id) throws Exception {
    var other =
        text(
            json(
                post("json", "api_key", key(), "service_code", "lamp", "address_string", "Lane 3")),
            "service_request_id");
    assertThat(ids("")).containsExactly(other, id);
    assertThat(ids("?status=open")).containsExactly(other);
    assertThat(ids("?status=closed")).containsExactly(id);
    assertThat(ids("?status=open,closed&service_code=lamp,hole")).containsExactly(other, id);
    assertThat(ids("?service_code=hole")).containsExactly(id);
    assertThat(ids("?service_code=nothing")).isEmpty();
    assertThat(ids("?service_request_id=" + id + ",nope&status=open")).containsExactly(id);
    assertThat(ids("?start_date=2020-01-01T00:00:00Z&end_date=2020-02-01T00:00:00Z")).isEmpty();
    assertThat(ids("?end_date=2020-02-01T00:00:00%2B01:00")).isEmpty();
    for (var wrong :
        List.of(
            "?status=lost",
            "?start_date=yesterday",
            "?start_date=2020-01-01T00:00:00Z&end_date=2020-06-01T00:00:00Z",
            "?start_date=2020-03-01T00:00:00Z&end_date=2020-02-01T00:00:00Z"))
      assertThat(get("/requests.json" + wrong).statusCode()).as(wrong).isEqualTo(400);
  }

  private List<String> ids(String query) throws Exception {
    var answer = get("/requests.json" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((Value.Items) Json.parse(answer.body()))
        .items().stream().map(one -> text((Value.Struct) one, "service_request_id")).toList();
  }

  private String key() {
    return city.person("rita").headers().get("X-API-Key");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + V2 + path)).timeout(Asker.PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String format, String... form) throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < form.length; i += 2)
      body.append(i == 0 ? "" : "&")
          .append(encoded(form[i]))
          .append('=')
          .append(encoded(form[i + 1]));
    return client.send(
        HttpRequest.newBuilder(URI.create(url + V2 + "/requests." + format))
            .timeout(Asker.PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The first of the documents in an answer.
  private static Value.Struct json(HttpResponse<String> answer) {
    return (Value.Struct) ((Value.Items) Json.parse(answer.body())).items().getFirst();
  }

  private static String text(Value.Struct json, String name) {
    assertThat(json.members().get(name)).as(name).isInstanceOf(Value.Text.class);
    return ((Value.Text) json.members().get(name)).text();
  }

  private static String xpath(HttpResponse<String> answer, String path) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
    return XPathFactory.newInstance().newXPath().evaluate(path, document);
  }
}
