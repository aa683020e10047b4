package plaza.ngsild.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import plaza.graph.Address;
import plaza.ledger.Actor;

/// Every operation that goes on to sources in each of the four modes: who is asked for what, what
/// is answered and what is kept here, when the source does it and when it fails (clauses 4.3.6.2,
/// 4.3.6.3, 5.6, 5.7, 6.3.17).
///
/// The source is registered for the attribute `speed` of the entity `ID` of type `T`. This server
/// holds its `line` and, where the source is an equal or only adds, a `speed` too. What is expected
/// stands in `every-operation.txt`, one row for each operation and mode.
final class EveryOperationTest {
  private static final Path EXPECTED =
      Path.of("src/test/resources/plaza/ngsild/distribute/every-operation.txt");
  private static final Town NORTH = new Town("north");
  private static final OtherBroker SOURCE = new OtherBroker();
  private static final List<String> MODES =
      List.of("exclusive", "redirect", "inclusive", "auxiliary");
  private static final String JANUARY =
      "timerel=between&timeAt=2026-01-01T00:00:00Z&endTimeAt=2026-02-01T00:00:00Z";
  private static final String THEIRS =
      "{'id':'ID','type':'T','speed':{'type':'Property','value':9,'observedAt':'2026-01-09T00:00:00Z'}}";
  private static final String PAST =
      "{'id':'ID','type':'T','speed':[{'type':'Property','value':9,'observedAt':'2026-01-09T00:00:00Z'}]}";
  private static final String TYPES = "{'id':'urn:x:l','type':'EntityTypeList','typeList':['T']}";
  private static final String ATTRIBUTES =
      "{'id':'urn:x:l','type':'AttributeList','attributeList':['speed']}";

  /// @param word of clause 4.20
  /// @param held whether this server has the entity before
  /// @param request method and path
  /// @param status of the source when it does it, and what it says
  record Operation(
      String word, boolean held, String request, String body, int status, String answer) {
    boolean counts() {
      return request.equals("GET /types") || request.equals("GET /attributes");
    }

    boolean isTemporal() {
      return request.contains("/temporal/");
    }
  }

  private static Operation write(String word, String request, String body) {
    return new Operation(word, true, request, body, 204, "");
  }

  private static Operation read(String word, String request, String body, String answer) {
    return new Operation(word, true, request, body, 200, answer);
  }

  private static final String SPEED = "{'speed':{'type':'Property','value':2}}";
  private static final String WHOLE =
      "{'id':'ID','type':'T','speed':{'type':'Property','value':2},'mass':{'type':'Property','value':3}}";
  private static final String RECORD =
      "{'id':'ID','type':'T','speed':[{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}]}";

  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation("createEntity", false, "POST /entities", WHOLE, 201, ""),
          write("appendAttrs", "POST /entities/ID/attrs", SPEED),
          write("updateEntity", "PATCH /entities/ID/attrs", SPEED),
          write("updateAttrs", "PATCH /entities/ID/attrs/speed", "{'value':2}"),
          write("replaceAttrs", "PUT /entities/ID/attrs/speed", "{'type':'Property','value':2}"),
          write("deleteAttrs", "DELETE /entities/ID/attrs/speed", ""),
          write("mergeEntity", "PATCH /entities/ID", SPEED),
          write("replaceEntity", "PUT /entities/ID", WHOLE),
          write("deleteEntity", "DELETE /entities/ID", ""),
          new Operation(
              "createBatch",
              false,
              "POST /entityOperations/create",
              "[" + WHOLE + "]",
              201,
              "['ID']"),
          write("upsertBatch", "POST /entityOperations/upsert", "[" + WHOLE + "]"),
          write("updateBatch", "POST /entityOperations/update", "[" + WHOLE + "]"),
          write("mergeBatch", "POST /entityOperations/merge", "[" + WHOLE + "]"),
          write("deleteBatch", "POST /entityOperations/delete", "['ID']"),
          write("purgeEntity", "DELETE /entities?type=T&drop=speed", ""),
          new Operation("upsertTemporal", false, "POST /temporal/entities", RECORD, 201, ""),
          write(
              "appendAttrsTemporal",
              "POST /temporal/entities/ID/attrs",
              "{'speed':[{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}]}"),
          write("deleteAttrsTemporal", "DELETE /temporal/entities/ID/attrs/speed", ""),
          write(
              "updateAttrInstanceTemporal",
              "PATCH /temporal/entities/ID/attrs/speed/urn:x:i",
              "{'speed':[{'type':'Property','value':2,'observedAt':'2026-01-02T00:00:00Z'}]}"),
          write(
              "deleteAttrInstanceTemporal", "DELETE /temporal/entities/ID/attrs/speed/urn:x:i", ""),
          write("deleteTemporal", "DELETE /temporal/entities/ID", ""),
          read("retrieveEntity", "GET /entities/ID?options=keyValues", "", THEIRS),
          read("queryEntity", "GET /entities?type=T&options=keyValues", "", "[" + THEIRS + "]"),
          read(
              "queryBatch",
              "POST /entityOperations/query?options=keyValues",
              "{'type':'Query','entities':[{'type':'T'}]}",
              "[" + THEIRS + "]"),
          read(
              "retrieveTemporal",
              "GET /temporal/entities/ID?options=temporalValues&" + JANUARY,
              "",
              PAST),
          read(
              "queryTemporal",
              "GET /temporal/entities?type=T&options=temporalValues&" + JANUARY,
              "",
              "[" + PAST + "]"),
          read("retrieveEntityTypes", "GET /types", "", TYPES),
          read("retrieveAttrTypes", "GET /attributes", "", ATTRIBUTES),
          read(
              "createEntityMapQueryEntity",
              "GET /entityMaps?type=T",
              "",
              "{'id':'urn:x:map','type':'EntityMap','expiresAt':'2100-01-01T00:00:00Z','entityMap':{'ID':['@none']},'linkedMaps':{}}"));

  private static int count;

  @AfterAll
  static void close() {
    NORTH.close();
    SOURCE.close();
  }

  static Stream<Arguments> operations() {
    return OPERATIONS.stream()
        .flatMap(operation ->
            MODES.stream().map(mode -> Arguments.of(operation.word(), mode, operation)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("operations")
  void eachIsDoneWhereItBelongs(String word, String mode, Operation operation) throws IOException {
    var expected =
        Files.readAllLines(EXPECTED).stream()
            .filter(line -> line.startsWith(word + " | " + mode + " |"))
            .toList();

    assertThat(row(operation, mode)).isEqualTo(expected.isEmpty() ? "" : expected.getFirst());
  }

  /// The file has a row for each operation and mode, and no other.
  @Test
  void everyRowIsTried() throws IOException {
    assertThat(Files.readAllLines(EXPECTED).stream().filter(line -> line.contains(" | ")))
        .hasSize(OPERATIONS.size() * MODES.size());
  }

  private static String row(Operation operation, String mode) {
    return String.join(
        " | ",
        operation.word(),
        mode,
        tried(operation, mode, operation.status(), operation.answer()),
        // A source that says so itself is not left alone afterwards.
        tried(operation, mode, 500, "").replaceFirst("asked [^>]*> ", "failing "));
  }

  private static String tried(Operation operation, String mode, int status, String answer) {
    if (!operation.counts()) return tried(NORTH, operation, mode, status, answer);
    // What is counted may be a minute old (clause 5.7.11): here it is counted for the first time.
    try (var fresh = new Town("north")) {
      return tried(fresh, operation, mode, status, answer);
    }
  }

  private static String tried(
      Town north, Operation operation, String mode, int status, String answer) {
    var number = Integer.toString(count++);
    var id = "urn:ngsi-ld:E" + number;
    var type = "E" + number;
    var registration = "urn:ngsi-ld:ContextSourceRegistration:" + number;
    register(north, operation, mode, registration, id, type);
    if (operation.held()) hold(north, mode, id, type);
    SOURCE.asked.clear();
    SOURCE.answers(status, named(answer, id, type));
    var parts = operation.request().split(" ", 2);
    var body = operation.body().isEmpty() ? null : named(operation.body(), id, type);
    var answered = north.send(parts[0], named(parts[1], id, type), body);
    var asked =
        SOURCE.asked.stream().map(EveryOperationTest::said).collect(Collectors.joining("; "));
    SOURCE.answers(200, "[]");
    var kept = kept(north, operation, id);
    north
        .registrations
        .desk()
        .delete(Actor.of("urn:plaza:operator"), Address.DEFAULT, registration);
    return plain(
        "asked "
            + (asked.isEmpty() ? "nothing" : asked)
            + " > "
            + answered.status()
            + warned(answered)
            + (answered.text().isEmpty() ? "" : " " + told(answered))
            + ", kept "
            + kept,
        number);
  }

  private static void register(
      Town north, Operation operation, String mode, String registration, String id, String type) {
    var entity = mode.equals("exclusive") ? "\"id\":\"" + id + "\"," : "";
    north.register(
        SOURCE.url(),
        """
        "id":"%s","mode":"%s",%s"operations":%s,
        "information":[{"entities":[{%s"type":"%s"}],"propertyNames":["speed"]}]\
        """
            .formatted(
                registration,
                mode,
                operation.isTemporal()
                    ? "\"observationInterval\":{\"startAt\":\"2020-01-01T00:00:00Z\"},"
                    : "",
                mode.equals("auxiliary") ? "[\"retrieveOps\"]" : everything(),
                entity,
                type));
  }

  private static String everything() {
    return Stream.of(plaza.ngsild.source.Operation.values())
        .map(one -> "\"" + one.word + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Where attributes are the source's alone, there are none of them here.
  private static void hold(Town north, String mode, String id, String type) {
    var line = "'line':{'type':'Property','value':'5','observedAt':'2026-01-01T00:00:00Z'}";
    var speed = "'speed':{'type':'Property','value':1,'observedAt':'2026-01-01T00:00:00Z'}";
    boolean proxied = mode.equals("exclusive") || mode.equals("redirect");
    north.hold(
        named("{'id':'ID','type':'T'," + line + (proxied ? "" : "," + speed) + "}", id, type));
  }

  private static String named(String text, String id, String type) {
    return text.replace('\'', '"')
        .replace("ID", id)
        .replace("\"T\"", "\"" + type + "\"")
        .replace("=T", "=" + type);
  }

  private static String kept(Town north, Operation operation, String id) {
    var answer =
        north.get(
            operation.isTemporal()
                ? "/temporal/entities/" + id + "?local=true&options=temporalValues"
                : "/entities/" + id + "?local=true&options=keyValues");
    return answer.status() == 200 ? answer.text() : "nothing";
  }

  private static String said(OtherBroker.Asked asked) {
    return asked.method()
        + " "
        + asked.path().replace("/ngsi-ld/v1", "")
        + (asked.query().isEmpty() ? "" : "?" + asked.query())
        + (asked.body().isEmpty() ? "" : " " + asked.body());
  }

  private static String warned(Town.Answer answer) {
    return answer.warnings().stream()
        .map(warning -> " warning " + warning.substring(0, 3))
        .collect(Collectors.joining());
  }

  /// Of an error its type, of an entity map what is in it.
  private static String told(Town.Answer answer) {
    if (answer.status() >= 400) return answer.error();
    if (!answer.text().contains("\"EntityMap\"")) return answer.text();
    return plaza.json.Json.text(answer.member("entityMap"))
        + plaza.json.Json.text(answer.member("linkedMaps"));
  }

  private static String plain(String text, String number) {
    return text.replace("urn:ngsi-ld:ContextSourceRegistration:" + number, "R")
        .replace("urn:ngsi-ld:E" + number, "ID")
        .replace("E" + number, "T")
        .replace("https://uri.etsi.org/ngsi-ld/default-context/", "");
  }
}
