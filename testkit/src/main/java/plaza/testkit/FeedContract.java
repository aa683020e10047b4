package plaza.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.TestCity.NOON;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.ledger.store.Span;

/// What every engine promises of the feed and of what its consumers note: extend it with a class
/// that opens an empty one.
public abstract class FeedContract extends StoreChapter {
  @Test
  void theFeedTellsEveryCommitOnceAndInOrder() {
    var commits = new ArrayList<FeedEntry>();
    for (int i = 0; i < 20; i++)
      commits.add(Commits.append(store, MAIN, observe(i, NOON.plusSeconds(i))).entry());

    assertThat(store.feed(Position.START, 100)).isEqualTo(commits);
    assertThat(store.feed(new Position(5), 3)).isEqualTo(commits.subList(5, 8));
    assertThat(store.feed(new Position(20), 3)).isEmpty();
  }

  @Test
  void aTrimmedFeedBeginsLaterAndNothingElseIsLost() {
    for (int i = 0; i < 10; i++) Commits.append(store, MAIN, observe(i, NOON.plusSeconds(i)));
    store.trimFeed(new Position(4));
    store.trimFeed(new Position(2));

    assertThat(store.feedStart()).isEqualTo(new Position(4));
    assertThat(store.feed(Position.START, 100)).hasSize(6);
    assertThat(history(Span.ALWAYS, false, 100)).hasSize(10);
    assertThat(store.head()).isEqualTo(new Position(10));
    assertThat(store.verify()).isEmpty();
    store.trimFeed(new Position(99));
    assertThat(store.feedStart()).isEqualTo(new Position(10));
    assertThat(store.head()).isEqualTo(new Position(10));
  }

  @Test
  void notesAreKeptByOwnerAndListedByPrefix() {
    store.keep("link.a", List.of(note("inbox/1", "x"), note("inbox/2", "y"), note("dead/1", "z")));
    store.keep("link.b", List.of(note("inbox/3", "other")));
    store.keep("link.a", List.of(new Note("inbox/1", null), note("inbox/4", "w")));

    assertThat(store.note("link.a", "dead/1")).contains(bytes("z"));
    assertThat(store.note("link.a", "inbox/1")).isEmpty();
    assertThat(store.note("link.b", "dead/1")).isEmpty();
    assertThat(keys(store.notes("link.a", "inbox/", "", 10))).containsExactly("inbox/2", "inbox/4");
    assertThat(keys(store.notes("link.a", "inbox/", "inbox/2", 10))).containsExactly("inbox/4");
    assertThat(keys(store.notes("link.a", "", "", 2))).containsExactly("dead/1", "inbox/2");
    assertThat(keys(store.notes("link", "", "", 2))).isEmpty();
  }

  @Test
  void notesOfACommitAreThereWithIt() {
    var commits = new Commits(store);
    commits.keep(MAIN, "link.a", note("offset", "17"));
    commits.append();

    assertThat(store.note("link.a", "offset")).contains(bytes("17"));
    assertThat(store.feed(Position.START, 10)).hasSize(1);
    assertThat(store.layers()).isEmpty();
  }

  private static Note note(String key, String text) {
    return new Note(key, bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> keys(List<Note> notes) {
    return notes.stream().map(Note::key).toList();
  }
}
