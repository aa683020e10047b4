package plaza.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server from outside: started, asked, killed, stopped, copied and brought back.
class ServerLifeTest {
  private static final String ENTITIES = "/ngsi-ld/v1/entities";

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    try (var server = start("--open")) {
      assertThat(server.output()).contains("OPEN: anybody");
      for (int i = 0; i < 20; i++)
        assertThat(server.post(ENTITIES, room(i)).statusCode()).isEqualTo(201);
      server.kill();
    }
    try (var server = start("--open")) {
      for (int i = 0; i < 20; i++)
        assertThat(server.get(ENTITIES + "/urn:ngsi-ld:Room:" + i).body())
            .contains("\"value\":" + i);
      assertThat(server.stop()).isZero();
    }
    assertThat(RunningServer.run(folder, "verify", "--data", data()).output())
        .contains("all is well");
  }

  @Test
  void theFirstStartShowsALinkToBecomeAdministratorAndNobodyElseGetsIn() throws Exception {
    try (var server = start()) {
      assertThat(server.output()).contains("/setup?token=");
      assertThat(server.get("/health/ready").body()).contains("\"status\":\"UP\"");
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(server.get("/metrics").body()).contains("plaza_ledger_commit_seconds");
      assertThat(server.post(ENTITIES, room(1)).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aFolderInUseAndAPortInUseAreEachOneSentence() throws Exception {
    try (var server = start("--open")) {
      var folderInUse = RunningServer.run(folder, "run", "--port", "0", "--data", data());
      assertThat(folderInUse.code()).isEqualTo(1);
      assertThat(folderInUse.output()).contains("is in use by another process");
      var portInUse =
          RunningServer.run(
              folder,
              "run",
              "--port",
              Integer.toString(server.port()),
              "--data",
              folder.resolve("other").toString());
      assertThat(portInUse.code()).isEqualTo(1);
      assertThat(portInUse.output()).contains("cannot be listened on").doesNotContain("\tat ");
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
    }
    var mistyped = RunningServer.run(folder, "run", "--prot", "0");
    assertThat(mistyped.code()).isEqualTo(2);
    assertThat(mistyped.output()).contains("did you mean '--port'?");
  }

  @Test
  void aBackupOfARunningServerBringsItBack() throws Exception {
    var backup = folder.resolve("backup");
    try (var server = start("--open")) {
      server.post(ENTITIES, room(1));
      var token = Path.of(data()).resolve("control");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
          .isEqualTo("rw-------");
      var copied = RunningServer.run(folder, "backup", backup.toString(), "--data", data());
      assertThat(copied.output()).contains("written to");
      assertThat(copied.code()).isZero();
      assertThat(RunningServer.run(folder, "verify", "--data", data()).code()).isZero();
      assertThat(RunningServer.run(folder, "backup", backup.toString(), "--data", data()).output())
          .contains("is not empty");
      server.post(ENTITIES, room(2));
    }
    var again = folder.resolve("again").toString();
    assertThat(RunningServer.run(folder, "restore", backup.toString(), "--data", again).code())
        .isZero();
    assertThat(RunningServer.run(folder, "verify", "--data", again).code()).isZero();
    try (var server =
        RunningServer.start(folder, "run", "--open", "--port", "0", "--data", again)) {
      assertThat(server.get(ENTITIES + "/urn:ngsi-ld:Room:1").statusCode()).isEqualTo(200);
      assertThat(server.get(ENTITIES + "/urn:ngsi-ld:Room:2").statusCode()).isEqualTo(404);
    }
  }

  private RunningServer start(String... flags) throws Exception {
    var arguments = new java.util.ArrayList<String>();
    arguments.addAll(java.util.List.of("run", "--port", "0", "--data", data()));
    arguments.addAll(java.util.List.of(flags));
    return RunningServer.start(folder, arguments.toArray(String[]::new));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static String room(int number) {
    return """
    {"id": "urn:ngsi-ld:Room:%d", "type": "Room", "number": {"type": "Property", "value": %d}}
    """
        .formatted(number, number);
  }
}
