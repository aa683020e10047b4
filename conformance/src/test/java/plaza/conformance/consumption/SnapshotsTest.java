package plaza.conformance.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Receiver;

@Clause({"4.3.7", "5.5.15", "5.16.1", "6.36.3.1", "6.3.22"})
class SnapshotsTest extends Checks {
  private final String type = newType();
  private final String id = newId();

  SnapshotsTest() {
    create(id, type, "'n':{'type':'Property','value':1}");
  }

  private String ready(String location) {
    var snapshot = location.substring(location.lastIndexOf('/') + 1);
    for (int i = 0; i < 400; i++) {
      if (!get("/snapshots/" + snapshot).expect(200).text("snapshotStatus").equals("preparing"))
        return snapshot;
      pause(Duration.ofMillis(50));
    }
    throw new AssertionError(snapshot + " is never ready");
  }

  private String frozen(String members) {
    return ready(
        post("/snapshots")
            .json(
                "{'type':'Snapshot','snapshotQueries':[{'type':'Query','entities':[{'type':'%s'}]}]%s}"
                    .formatted(type, members))
            .expect(201)
            .hasNoBody()
            .header("Location"));
  }

  @Test
  void whatWasFoundIsFrozen() {
    var snapshot = frozen("");
    patch(entity(id) + "/attrs").json("{'n':{'type':'Property','value':2}}").expect(204);

    get(entity(id))
        .header("NGSILD-Snapshot", snapshot)
        .expect(200)
        .has("n/value", "1")
        .hasHeader("NGSILD-Snapshot", snapshot);
    get(entity(id)).expect(200).has("n/value", "2").hasHeader("NGSILD-Snapshot", "");
    assertThat(
            get("/entities")
                .with("type", type)
                .header("NGSILD-Snapshot", snapshot)
                .expect(200)
                .ids())
        .containsExactly(id);
    delete(entity(id)).header("NGSILD-Snapshot", snapshot).expect(204);
    get(entity(id)).expect(200);
    delete("/snapshots/" + snapshot).expect(204);
  }

  @Test
  @Clause({"5.16.3", "6.37.3.1", "5.2.41", "5.2.42"})
  void aSnapshotSaysHowItStands() {
    var snapshot = frozen("");
    var answer =
        get("/snapshots/" + snapshot)
            .expect(200)
            .has("type", "'Snapshot'")
            .has("snapshotStatus", "'success'")
            .has("snapshotPriority", "5");

    for (var member : new String[] {"createdAt", "modifiedAt", "expiresAt", "lastUsedAt"})
      Instant.parse(answer.text(member));
    assertThat(answer.list("snapshotQueriesDetails")).hasSize(1);
    delete("/snapshots/" + snapshot).expect(204);
  }

  @Test
  @Clause({"5.16.2", "6.38.3.1"})
  void aSnapshotIsCloned() {
    var snapshot = frozen("");
    var clone =
        ready(
            post("/snapshots/" + snapshot + "/clone")
                .json("{'type':'Snapshot'}")
                .expect(201)
                .header("Location"));
    delete("/snapshots/" + snapshot).expect(204);

    get(entity(id)).header("NGSILD-Snapshot", clone).expect(200).has("n/value", "1");
    delete("/snapshots/" + clone).expect(204);
    post("/snapshots/" + snapshot + "/clone")
        .json("{'type':'Snapshot'}")
        .refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.16.4", "5.16.5", "6.37.3.2", "6.37.3.3"})
  void aSnapshotIsChangedAndDeleted() {
    var snapshot = frozen("");
    patch("/snapshots/" + snapshot)
        .json("{'snapshotPriority':7}")
        .expect(200)
        .has("snapshotPriority", "7");
    get("/snapshots/" + snapshot).expect(200).has("snapshotPriority", "7");
    patch("/snapshots/" + snapshot).json("{'snapshotPriority':11}").refused(400, "BadRequestData");
    delete("/snapshots/" + snapshot).expect(204).hasNoBody();
    get("/snapshots/" + snapshot).refused(404, "ResourceNotFound");
    delete("/snapshots/" + snapshot).refused(404, "ResourceNotFound");
    patch("/snapshots/" + snapshot).json("{'snapshotPriority':7}").refused(404, "ResourceNotFound");
    get("/snapshots/nouri").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.16.7", "6.36.3.2"})
  void snapshotsArePurged() {
    var snapshot = frozen(",'snapshotPriority':2");
    delete("/snapshots").refused(400, "BadRequestData");
    delete("/snapshots").with("q", "snapshotPriority==2").expect(204);
    get("/snapshots/" + snapshot).refused(404, "ResourceNotFound");
  }

  @Test
  @Clause({"5.16.6", "5.3.4"})
  void itIsToldWhenASnapshotIsReady() {
    var receiver = new Receiver();
    var snapshot = frozen(",'endpoint':'" + receiver.url() + "'");

    var told = receiver.next();
    assertThat(told.text("type")).isEqualTo("SnapshotNotification");
    assertThat(told.text("snapshotId")).isEqualTo(snapshot);
    delete("/snapshots/" + snapshot).expect(204);
  }

  @Test
  @Clause({"6.3.22", "6.3.8", "5.5.15", "5.8.1"})
  void aNotificationNamesTheSnapshotItIsAbout() {
    var snapshot = frozen("");
    var receiver = new Receiver();
    var subscription =
        post("/subscriptions")
            .header("NGSILD-Snapshot", snapshot)
            .json(
                "{'type':'Subscription','entities':[{'type':'%s'}],'notification':{'endpoint':{'uri':'%s'}}}",
                type, receiver.url())
            .expect(201)
            .hasHeader("NGSILD-Snapshot", snapshot)
            .header("Location");

    patch(entity(id) + "/attrs").json("{'n':{'type':'Property','value':5}}").expect(204);
    patch(entity(id) + "/attrs")
        .header("NGSILD-Snapshot", snapshot)
        .json("{'n':{'type':'Property','value':6}}")
        .expect(204);

    var told = receiver.next();
    assertThat(told.headers()).containsEntry("NGSILD-Snapshot", snapshot);
    assertThat(told.at("data/0/n/value")).asString().startsWith("6");
    var name = subscription.substring(subscription.lastIndexOf('/') + 1);
    get("/subscriptions/" + name).refused(404, "ResourceNotFound");
    delete("/subscriptions/" + name).header("NGSILD-Snapshot", snapshot).expect(204);
    delete("/snapshots/" + snapshot).expect(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'Snapshot'}",
        "{'type':'Nothing','snapshotQueries':[{'type':'Query','entities':[{'type':'T'}]}]}",
        "{'type':'Snapshot','snapshotQueries':[]}",
        "{'type':'Snapshot','snapshotQueries':[5]}",
        "{'type':'Snapshot','snapshotPriority':0,'snapshotQueries':[{'type':'Query','entities':[{'type':'T'}]}]}",
        "{'type':'Snapshot','snapshotLifetime':'long','snapshotQueries':[{'type':'Query','entities':[{'type':'T'}]}]}",
        "[]"
      })
  @Clause({"5.16.1", "5.2.41"})
  void whatIsNoSnapshotIsRefused(String body) {
    post("/snapshots").json(body).refused(400, "BadRequestData");
  }
}
