package plaza.links;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.links.inbox.DeadLetter;
import plaza.links.kind.LinkKind;
import plaza.links.kind.Outside;
import plaza.links.mapping.MappingLimits;
import plaza.testkit.StumblingStore;
import plaza.testkit.TestCity;

/// A link called `bikes`, at the desk of a city.
public final class DeskSubject {
  private static final Actor OPERATOR = Actor.of("urn:plaza:person:operator");
  private static final String NAME = "bikes";

  private final TestCity city;
  private final LinkKind kind;
  private final Outside outside;
  private final Value definition;
  private LinkDesk desk;

  public DeskSubject(TestCity city, LinkKind kind, Outside outside, Value definition) {
    this.city = city;
    this.kind = kind;
    this.outside = outside;
    this.definition = definition;
    this.desk = desk();
  }

  private LinkDesk desk() {
    return new LinkDesk(city.ledger, city.reader, List.of(kind), outside, MappingLimits.DEFAULT);
  }

  public void start() {
    desk = desk();
    desk.start();
    if (desk.list().isEmpty()) desk.create(OPERATOR, LinkDefinition.read(definition));
  }

  public void stop() {
    desk.close();
  }

  /// Stops the link while it waits to hear of the commit of what is said: a poll never comes to the
  /// end of its pass then, which is its acknowledgement.
  public void stopAfterNextCommit(StumblingStore store, Callable<?> say) throws Exception {
    var notes = city.ledger.notebook("link.urn:plaza:link:" + NAME);
    eventually(() -> assertThat(notes.find("pass")).as("a first pass has ended").isPresent());
    var committed = new CountDownLatch(1);
    var stopping = new CountDownLatch(1);
    store.afterNextAppend(() -> {
      committed.countDown();
      awaitOrGiveUp(stopping);
    });
    say.call();
    awaitOrGiveUp(committed);
    var stop = Thread.ofVirtual().start(this::stop);
    Thread.sleep(200); // until the link's thread is interrupted
    stopping.countDown();
    stop.join();
  }

  private static void awaitOrGiveUp(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) throw new AssertionError("waited too long");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public void pause() {
    desk.pause(OPERATOR, NAME);
  }

  public void resume() {
    desk.resume(OPERATOR, NAME);
  }

  public boolean healthy() {
    return desk.get(NAME).health().healthy();
  }

  public LinkHealth health() {
    return desk.get(NAME).health();
  }

  public List<String> deadLetters() {
    return desk.deadLetters(NAME, 0, 1_000).stream().map(DeadLetter::text).toList();
  }

  public LinkDesk open() {
    return desk;
  }
}
