package plaza.links.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.links.kind.Identity;
import plaza.testkit.TestCity;

class SeenTest {
  private static final Actor LINK = Actor.of("urn:plaza:link:bikes");

  private final TestCity city = new TestCity();
  private final Notebook notes = city.ledger.notebook("link.bikes");

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aNumberedMessageIsKnownUntilItIsForgotten() {
    var seen = new Seen(notes, 3);
    commit(seen, 1, 2, 3);
    assertThat(seen.knows(new Identity.Certain(1))).isTrue();

    commit(seen, 4);

    for (var each : List.of(seen, new Seen(notes, 3))) {
      assertThat(each.knows(new Identity.Certain(1))).isFalse();
      assertThat(each.knows(new Identity.Certain(2))).isTrue();
      assertThat(each.size()).isEqualTo(3);
    }
  }

  @Test
  void aSessionBeginsWithWhatWasNotHeardAcknowledged() {
    commit(new Seen(notes, 100), 1, 2, 3, 4);
    var seen = new Seen(notes, 100);

    assertThat(said(seen, 7, 3, 4, 5, 3)).containsExactly(true, true, false, false);
  }

  @Test
  void wordsThatAreNotTheLastOnesAreNoRepetition() {
    var seen = new Seen(notes, 100);
    commit(seen, 1, 2, 3, 4);

    assertThat(said(seen, 7, 2, 4)).as("3 was left out").containsExactly(true, false);
    assertThat(said(seen, 8, 9, 4)).as("9 is news").containsExactly(false, false);
  }

  @Test
  void theSameWordsManyTimesAreRepeatedAsOftenAtMost() {
    var seen = new Seen(notes, 100);
    commit(seen, 1, 5, 5);

    assertThat(said(seen, 7, 5, 5, 5)).containsExactly(true, true, false);
  }

  @Test
  void whatComesLateIsNews() {
    var seen = new Seen(notes, 100);
    commit(seen, 1, 2);

    assertThat(seen.knows(new Identity.WithinSession(2, 7, false))).isFalse();
    assertThat(seen.knows(new Identity.Unrepeated())).isFalse();
  }

  @Test
  void aPassForgetsWhatIsNotThereAnyMore() {
    var seen = new Seen(notes, 100);
    commit(seen, 1, 2, 3);
    notes.keep(LINK, Address.DEFAULT, seen.forgetting(Set.of(2L)));
    seen.retain(Set.of(2L));

    for (var each : List.of(seen, new Seen(notes, 100))) {
      assertThat(each.knows(new Identity.Certain(2))).isTrue();
      assertThat(each.knows(new Identity.Certain(3))).isFalse();
    }
  }

  private void commit(Seen seen, long... digests) {
    var marks = new ArrayList<Long>();
    for (long digest : digests) marks.add(digest);
    notes.keep(LINK, Address.DEFAULT, seen.marks(marks));
    seen.add(marks);
  }

  private static List<Boolean> said(Seen seen, long session, long... digests) {
    var known = new ArrayList<Boolean>();
    for (long digest : digests)
      known.add(seen.knows(new Identity.WithinSession(digest, session, true)));
    return known;
  }
}
