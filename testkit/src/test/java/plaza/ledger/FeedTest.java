package plaza.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.change.Edit;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.testkit.TestCity;

class FeedTest {
  private final TestCity city = new TestCity();

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aConsumerIsToldWhenItsNotesAreKept() throws Exception {
    BlockingQueue<Boolean> found = new ArrayBlockingQueue<>(10);
    city.feed.follow(
        "test",
        Position.START,
        new Feed.Consumer() {
          @Override
          public List<Note> accept(List<FeedEntry> entries) {
            return List.of(new Note("due", new byte[] {1}));
          }

          @Override
          public void kept() {
            found.add(city.store.note("feed.test", "due").isPresent());
          }
        });

    city.write(new Edit.Create(TestCity.daan(3)));

    assertThat(found.poll(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aConsumerStartsWhereItWasFirstToldEvenIfItNeverHadATurn() throws Exception {
    city.feed.follow("test", Position.START, _ -> List.of()).close();
    city.write(new Edit.Create(TestCity.daan(3)));

    BlockingQueue<Position> seen = new ArrayBlockingQueue<>(10);
    city.feed.follow(
        "test",
        city.feed.head(),
        entries -> {
          entries.forEach(entry -> seen.add(entry.position()));
          return List.of();
        });

    assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(new Position(1));
  }

  @Test
  void aWatcherBeginsWhereItIsToldEachTime() throws Exception {
    BlockingQueue<Position> seen = new ArrayBlockingQueue<>(10);
    Feed.Consumer consumer =
        entries -> {
          entries.forEach(entry -> seen.add(entry.position()));
          return List.of();
        };
    var first = city.feed.watch("test", Position.START, consumer);
    city.write(new Edit.Create(TestCity.daan(3)));
    assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(new Position(1));
    first.close();

    city.write(new Edit.Create(TestCity.xinyi(3)));
    city.feed.watch("test", Position.START, consumer);
    assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(new Position(1));
    assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(new Position(2));
    assertThat(city.store.notes("feed.test", "", "", 1)).isEmpty();
  }

  @Test
  void whatSomebodyHoldsIsNeeded() {
    city.write(new Edit.Create(TestCity.daan(3)));
    city.write(new Edit.Create(TestCity.xinyi(3)));
    assertThat(city.feed.neededAfter()).isEqualTo(new Position(2));

    city.feed.hold(() -> null);
    city.feed.hold(() -> new Position(1));
    assertThat(city.feed.neededAfter()).isEqualTo(new Position(1));
  }
}
