package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plaza.graph.Value;
import plaza.ngsild.temporal.NaiveTemporal;
import plaza.testkit.Seeds;

/// Asks random temporal questions of random evolutions, corrected and erased in parts, and compares
/// the answers with [NaiveTemporal] over all instances there are.
class TemporalAgreementTest {
  private static final String PATH = "/temporal/entities/urn:ngsi-ld:T:1";
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
  private static final List<String> NAMES = List.of("n", "b", "s", "a", "r");
  private static final List<String> METHODS =
      List.of("totalCount", "distinctCount", "sum", "avg", "min", "max", "stddev", "sumsq");

  static LongStream seeds() {
    return Seeds.of(3);
  }

  private final Broker broker = new Broker();
  private Random chance = new Random();

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverIsAskedOfTimeItAnswersLikeTheReference(long seed) {
    chance = new Random(seed);
    for (int round = 0; round < 12; round++) {
      change();
      var whole = broker.get(PATH + "?options=sysAttrs");
      for (int i = 0; i < 25; i++) ask(whole, "seed " + seed + ", round " + round);
    }
  }

  private void change() {
    for (int i = 0; i < 4; i++) {
      var body = new StringBuilder("{\"id\": \"urn:ngsi-ld:T:1\", \"type\": \"T\"");
      for (var name : NAMES) {
        var instances = new ArrayList<String>();
        for (int k = chance.nextInt(8); k >= 0; k--) instances.add(instance(name));
        body.append(", \"").append(name).append("\": ").append(instances);
      }
      broker.post("/temporal/entities", body.append("}").toString());
    }
    var whole = broker.get(PATH);
    for (var name : NAMES) {
      var all = instances(whole, name);
      if (all.isEmpty()) continue;
      var id = NaiveTemporal.text(all.get(chance.nextInt(all.size())), "instanceId");
      var path = PATH + "/attrs/" + name + "/" + id;
      var answer =
          chance.nextBoolean()
              ? broker.delete(path)
              : broker.send("PATCH", path, "{\"%s\": [%s]}".formatted(name, instance(name)));
      assertThat(answer.status()).isEqualTo(204);
    }
    if (chance.nextInt(4) == 0)
      broker.delete(PATH + "/attrs/" + name() + (chance.nextBoolean() ? "?deleteAll=true" : ""));
    if (chance.nextInt(4) == 0) broker.delete("/entities/urn:ngsi-ld:T:1/attrs/" + name());
  }

  private String name() {
    return NAMES.get(chance.nextInt(NAMES.size()));
  }

  private String instance(String name) {
    var said =
        switch (name) {
          case "n" -> chance.nextBoolean() ? "" + chance.nextInt(9) : chance.nextInt(90) / 10.0;
          case "b" -> chance.nextBoolean();
          case "s" -> "\"t" + chance.nextInt(6) + "\"";
          case "a" -> chance.nextBoolean() ? "[1, 2, 3]" : "[\"x\"]";
          default -> "\"urn:o:" + chance.nextInt(4) + "\"";
        };
    var members = name.equals("r") ? "\"type\": \"Relationship\", \"object\": " : "\"value\": ";
    var dataset = chance.nextInt(4) == 0 ? ", \"datasetId\": \"urn:d:1\"" : "";
    var observed = chance.nextInt(6) == 0 ? "" : ", \"observedAt\": \"" + moment() + "\"";
    return "{" + members + said + dataset + observed + "}";
  }

  private Instant moment() {
    return START.plus(Duration.ofMinutes(30L * chance.nextInt(48)));
  }

  private void ask(Broker.Answer whole, String when) {
    var timeproperty = List.of("observedAt", "observedAt", "createdAt", "modifiedAt", "deletedAt");
    var clock = timeproperty.get(chance.nextInt(timeproperty.size()));
    var from = clock.equals("observedAt") ? moment() : stamp(whole, clock);
    var until = from.plus(Duration.ofMinutes(1 + chance.nextInt(1500)));
    if (!clock.equals("observedAt")) until = from.plusMillis(1 + chance.nextInt(50));
    var query = new StringBuilder("&timeproperty=" + clock);
    var naive =
        switch (chance.nextInt(3)) {
          case 0 -> {
            query.append("&timerel=before&timeAt=").append(from);
            yield new NaiveTemporal(clock, null, from, lastN(query));
          }
          case 1 -> {
            query.append("&timerel=after&timeAt=").append(from);
            yield new NaiveTemporal(clock, from, null, lastN(query));
          }
          default -> {
            query.append("&timerel=between&timeAt=").append(from).append("&endTimeAt=");
            query.append(until);
            yield new NaiveTemporal(clock, from, until, lastN(query));
          }
        };
    var name = name();
    var dataset =
        chance.nextInt(3) == 0 ? List.of("@none", "urn:d:1").get(chance.nextInt(2)) : null;
    if (dataset != null) query.append("&datasetId=").append(dataset);
    var expected = naive.select(instances(whole, name), dataset);
    var path = PATH + "?attrs=" + name + query;
    assertThat(instances(broker.get(path + "&options=sysAttrs"), name))
        .as("%s, %s", when, path)
        .isEqualTo(expected);
    if (naive.from() != null && naive.lastN() == 0) aggregate(naive, expected, name, path, when);
  }

  private int lastN(StringBuilder query) {
    int lastN = chance.nextInt(3) == 0 ? 1 + chance.nextInt(9) : 0;
    if (lastN > 0) query.append("&lastN=").append(lastN);
    return lastN;
  }

  /// Of what is there, a moment of that clock.
  private Instant stamp(Broker.Answer whole, String clock) {
    var found = new ArrayList<Instant>();
    for (var name : NAMES)
      for (var one : instances(whole, name)) {
        var text = NaiveTemporal.text(one, clock);
        if (text != null) found.add(Instant.parse(text));
      }
    return found.isEmpty() ? START : found.get(chance.nextInt(found.size()));
  }

  private void aggregate(
      NaiveTemporal naive, List<Value> expected, String name, String path, String when) {
    var method = METHODS.get(chance.nextInt(METHODS.size()));
    var hours = naive.timeproperty().equals("observedAt") ? chance.nextInt(4) : 0;
    var results = naive.aggregate(expected, method, Duration.ofHours(hours), naive.from());
    var aggregated =
        path
            + "&options=aggregatedValues&aggrMethods="
            + method
            + "&aggrPeriodDuration=PT"
            + hours
            + "H";
    var answer = broker.get(aggregated);
    if (results.isEmpty()) {
      assertThat(answer.status()).as("%s, %s", when, aggregated).isIn(200, 400);
      return;
    }
    var found = new TreeMap<Instant, Object>();
    var rows = ((Value.Struct) answer.member(name)).members().get(method);
    for (var row : ((Value.Items) rows).items()) {
      var cells = ((Value.Items) row).items();
      found.put(
          Instant.parse(((Value.Text) cells.get(1)).text()),
          cells.get(0) instanceof Value.Text(var text) ? text : (Object) cells.get(0).asNumber());
    }
    assertThat(found.keySet()).as("%s, %s", when, aggregated).isEqualTo(results.keySet());
    results.forEach((at, result) -> {
      if (result instanceof Double number)
        assertThat((double) found.get(at))
            .as("%s, %s at %s", when, aggregated, at)
            .isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
      else assertThat(found.get(at)).as("%s, %s at %s", when, aggregated, at).isEqualTo(result);
    });
  }

  private static List<Value> instances(Broker.Answer answer, String name) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.member(name) instanceof Value.Items(var items) ? items : List.of();
  }
}
