package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.testkit.Postgres;

/// A whole server on PostgreSQL, from outside: asked, told, killed, copied and brought back.
class PostgresCityTest {
  private static final String ENTITIES = "/ngsi-ld/v1/entities";

  @TempDir Path folder;

  private final String schema = Postgres.freshSchema();

  @Test
  void aCityLivesInPostgres() throws Exception {
    var told = new CopyOnWriteArrayList<String>();
    var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    var backup = folder.resolve("backup");
    try {
      try (var server = start("data", schema)) {
        assertThat(server.get("/health/ready").body()).contains("\"status\":\"UP\"");
        assertThat(subscribe(server, receiver.getAddress().getPort())).isEqualTo(201);
        for (int i = 0; i < 20; i++)
          assertThat(server.post(ENTITIES, room(i)).statusCode()).isEqualTo(201);
        assertThat(server.get(ENTITIES + "?type=Room&q=temperature%3E=18&count=true").body())
            .contains("Room:18", "Room:19")
            .doesNotContain("Room:17");
        eventually(() -> assertThat(told).anyMatch(body -> body.contains("Room:19")));
        server.kill();
      }
      told.clear();
      try (var server = start("data", schema)) {
        for (int i = 0; i < 20; i++)
          assertThat(server.get(ENTITIES + "/urn:ngsi-ld:Room:" + i).body())
              .contains("\"value\":" + i);
        assertThat(server.post(ENTITIES, room(20)).statusCode()).isEqualTo(201);
        eventually(() -> assertThat(told).anyMatch(body -> body.contains("Room:20")));

        var second = run("run", "other", schema, "--port", "0");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.output()).contains("is in use by another server").doesNotContain("\tat ");
        assertThat(run("backup", "data", schema, backup.toString()).output())
            .contains("written to");
        assertThat(run("verify", "data", schema).output()).contains("all is well");
        assertThat(server.stop()).isZero();
      }
    } finally {
      receiver.stop(0);
    }
    assertThat(run("verify", "data", schema).output()).contains("all is well");

    var elsewhere = Postgres.freshSchema();
    assertThat(run("restore", "restored", elsewhere, backup.toString()).output())
        .contains("restored to");
    assertThat(run("verify", "restored", elsewhere).output()).contains("all is well");
    try (var server = start("restored", elsewhere)) {
      assertThat(server.get(ENTITIES + "/urn:ngsi-ld:Room:20").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aDataFolderStaysWithItsStore() throws Exception {
    assertThat(run("verify", "data", schema).output()).contains("there is no city");
    try (var server = start("data", schema)) {
      server.stop();
    }
    var plain = RunningServer.run(folder, "run", "--port", "0", "--data", data("data"));
    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.output()).contains("belongs to a city in PostgreSQL", "store.kind");

    try (var server = RunningServer.start(folder, "run", "--port=0", "--data", data("rocks"))) {
      server.stop();
    }
    var moved = run("run", "rocks", schema, "--port", "0");
    assertThat(moved.code()).isEqualTo(1);
    assertThat(moved.output()).contains("holds a city in RocksDB", "store.kind");
  }

  @Test
  void aServerWhoseDatabaseIsGoneIsNotReadyUntilItIsBack() throws Exception {
    try (var database = new Postgres();
        var server =
            RunningServer.start(
                folder,
                "run",
                "--data",
                data("data"),
                "--port=0",
                "--open",
                "--store-kind=postgres",
                "--postgres-url=" + database.url(),
                "--postgres-user=" + Postgres.USER,
                "--postgres-restart-patience=200ms")) {
      assertThat(server.post(ENTITIES, room(1)).statusCode()).isEqualTo(201);
      database.crash();

      eventually(() -> {
        var ready = server.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
            .contains("\"status\":\"DOWN\"", "\"store\":\"PostgreSQL cannot be reached\"");
      });
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      for (int i = 0; i < 2; i++)
        assertThat(server.post(ENTITIES, room(2)).statusCode()).isEqualTo(503);
      assertThat(server.get("/health/ready").body()).doesNotContain("\"ledger\":\"ok\"");

      database.start();
      // Though nobody writes: whoever asks the probe may keep writers away until then.
      eventually(() -> assertThat(server.get("/health/ready").statusCode()).isEqualTo(200));
      assertThat(server.post(ENTITIES, room(2)).statusCode()).isEqualTo(201);
      assertThat(server.get(ENTITIES + "/urn:ngsi-ld:Room:1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aPasswordIsNeverShown() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "hush-hush\n");
    var shown =
        RunningServer.run(
            folder,
            "config",
            "--store-kind=postgres",
            "--postgres-password=hush-hush",
            "--postgres-password-file=" + secret);
    assertThat(shown.code()).isZero();
    assertThat(shown.output()).contains("postgres.password:", "(a secret)").doesNotContain("hush");
  }

  private static int subscribe(RunningServer server, int port) throws Exception {
    return server
        .post(
            "/ngsi-ld/v1/subscriptions",
            """
            {"type": "Subscription", "entities": [{"type": "Room"}],
             "notification": {"endpoint": {"uri": "http://127.0.0.1:%d/"}}}\
            """
                .formatted(port))
        .statusCode();
  }

  private static String room(int number) {
    return """
    {"id": "urn:ngsi-ld:Room:%d", "type": "Room",
     "temperature": {"type": "Property", "value": %d}}\
    """
        .formatted(number, number);
  }

  private RunningServer start(String data, String inSchema) throws Exception {
    var words = words("run", data, inSchema);
    words.addAll(List.of("--port", "0", "--open", "--allow-private-hosts"));
    return RunningServer.start(folder, words.toArray(String[]::new));
  }

  private RunningServer.Ended run(String command, String data, String inSchema, String... more)
      throws Exception {
    var words = words(command, data, inSchema);
    words.addAll(more.length == 1 ? 1 : words.size(), Arrays.asList(more));
    return RunningServer.run(folder, words.toArray(String[]::new));
  }

  private List<String> words(String command, String data, String inSchema) {
    return new ArrayList<>(
        List.of(
            command,
            "--data",
            data(data),
            "--store-kind=postgres",
            "--postgres-url=" + Postgres.shared().url(),
            "--postgres-user=" + Postgres.USER,
            "--postgres-schema=" + inSchema));
  }

  private String data(String name) {
    return folder.resolve(name).toString();
  }
}
