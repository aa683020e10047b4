package plaza.conformance;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ExtendWith;

/// What all checks share: the broker, and names nobody else uses, so that checks do not meet.
@ExtendWith(Report.Watcher.class)
public abstract class Checks {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  protected static final String NULL = "urn:ngsi-ld:null";
  protected static final String JSON = "application/json";
  protected static final String LD_JSON = "application/ld+json";
  protected static final String GEO_JSON = "application/geo+json";
  protected static final String CORE =
      "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.8.jsonld";
  protected static final String DEFAULT_VOCAB = "https://uri.etsi.org/ngsi-ld/default-context/";

  protected static Request get(String path) {
    return Broker.checked().request("GET", path);
  }

  protected static Request post(String path) {
    return Broker.checked().request("POST", path);
  }

  protected static Request patch(String path) {
    return Broker.checked().request("PATCH", path);
  }

  protected static Request put(String path) {
    return Broker.checked().request("PUT", path);
  }

  protected static Request delete(String path) {
    return Broker.checked().request("DELETE", path);
  }

  /// Letters that no other check has got.
  protected static String unique() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 50, 1L << 52), 36);
  }

  /// A type of entities that no other check has got.
  protected static String newType() {
    return "T" + unique();
  }

  protected static String newId() {
    return "urn:ngsi-ld:Thing:" + unique();
  }

  /// Creates an entity of type Thing with the members given, such as `'speed':{…}`.
  protected static String created(String members, Object... arguments) {
    var id = newId();
    create(id, "Thing", members, arguments);
    return id;
  }

  /// Creates an entity.
  protected static void create(String id, String type, String members, Object... arguments) {
    var rest = Json.of(members, arguments);
    post("/entities")
        .body(
            JSON,
            "{\"id\":\"%s\",\"type\":\"%s\"%s}"
                .formatted(id, type, rest.isBlank() ? "" : "," + rest))
        .expect(201);
  }

  protected static String entity(String id) {
    return "/entities/" + Request.encode(id);
  }

  /// Records an evolution with the members given, such as `'speed':[{…}]`.
  protected static void record(String id, String type, String members) {
    post("/temporal/entities")
        .json("{'id':'%s','type':'%s',%s}".formatted(id, type, members))
        .expect(201);
  }

  protected static String evolution(String id) {
    return "/temporal/entities/" + Request.encode(id);
  }

  /// Returns when a check holds; fails as it failed last when that takes too long.
  protected static void eventually(Runnable check) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        check.run();
        return;
      } catch (AssertionError | RuntimeException e) {
        if (System.nanoTime() > end) throw e;
      }
      pause(Duration.ofMillis(50));
    }
  }

  protected static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
