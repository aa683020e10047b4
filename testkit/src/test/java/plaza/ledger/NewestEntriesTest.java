package plaza.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import plaza.graph.change.Change;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.testkit.TestCity;

class NewestEntriesTest {
  private static final Layer MAIN = new Layer("default", "main");
  private static final Change CHANGE =
      new Change(Change.Kind.CREATED, TestCity.daan(1), List.of(), List.of());

  private static FeedEntry entry(long number, int changes) {
    return new FeedEntry(
        new Position(number), Instant.EPOCH, MAIN, "a", Collections.nCopies(changes, CHANGE));
  }

  /// The reference looks through a list of all that came.
  @Test
  void theyAreThoseThatAListWouldGive() {
    var random = new SplittableRandom(7);
    var newest = new NewestEntries();
    var all = new ArrayList<FeedEntry>();
    for (int number = 1; number <= 10_000; number++) {
      var entry = entry(number, random.nextInt(3));
      newest.add(entry);
      all.add(entry);
      if (number % 97 != 0) continue;
      int after = Math.max(0, number - random.nextInt(4_096));
      int limit = random.nextInt(600);
      assertThat(newest.after(new Position(after), limit))
          .isEqualTo(all.subList(after, Math.min(number, after + limit)));
    }
    assertThat(newest.last()).isEqualTo(new Position(10_000));
    assertThat(newest.after(new Position(10_000 - 4_096), 1)).hasSize(1);
    assertThat(newest.after(new Position(10_000 - 4_097), 1)).isEmpty();
    assertThat(newest.after(new Position(10_000), 1)).isEmpty();
  }

  @Test
  void ofLargeEntriesThereAreFewer() {
    var newest = new NewestEntries();
    for (int number = 1; number <= 10; number++) newest.add(entry(number, 10_000));
    assertThat(newest.after(new Position(8), 9)).hasSize(2);
    assertThat(newest.after(Position.START, 9)).isEmpty();
  }

  @Test
  void whatCameBeforeAGapIsForgotten() {
    var newest = new NewestEntries();
    newest.add(entry(1, 1));
    newest.add(entry(2, 1));
    newest.add(entry(5, 1));
    assertThat(newest.after(new Position(4), 9)).hasSize(1);
    assertThat(newest.after(new Position(1), 9)).isEmpty();
  }
}
