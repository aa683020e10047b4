package plaza.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.store.Note;
import plaza.ledger.store.Position;
import plaza.testkit.TestCity;

class NotebookTest {
  private static final Actor LINK = Actor.of("urn:plaza:link:bikes");

  private final TestCity city = new TestCity();
  private final Notebook notes = city.ledger.notebook("link.bikes");

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void notesExistWhenTheirWriteDoes() {
    notes.write(LINK, write(new Edit.Create(TestCity.daan(3))), List.of(note("cursor", "7")));

    assertThat(notes.find("cursor")).hasValue("7".getBytes(UTF_8));
    assertThat(city.get(TestCity.DAAN).version()).isEqualTo(1);
  }

  @Test
  void notesOfARefusedWriteDoNotExist() {
    city.write(new Edit.Create(TestCity.daan(3)));

    var again = write(new Edit.Create(TestCity.daan(4)));
    assertThatThrownBy(() -> notes.write(LINK, again, List.of(note("cursor", "8"))))
        .isInstanceOf(Refusal.AlreadyExists.class);

    assertThat(notes.find("cursor")).isEmpty();
  }

  @Test
  void notesAloneAreACommitWithoutChanges() {
    notes.keep(LINK, Address.DEFAULT, List.of(note("dead/1", "a"), note("dead/2", "b")));
    notes.keep(LINK, Address.DEFAULT, List.of(new Note("dead/1", null)));

    assertThat(notes.list("dead/", "", 10)).extracting(Note::key).containsExactly("dead/2");
    assertThat(city.feed.read(Position.START, 10))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.changes()).isEmpty());
  }

  @Test
  void nobodyReadsTheNotesOfAnother() {
    notes.keep(LINK, Address.DEFAULT, List.of(note("cursor", "7")));

    assertThat(city.ledger.notebook("link.rain").find("cursor")).isEmpty();
  }

  private static Write write(Edit edit) {
    return Write.atomic(Address.DEFAULT, edit);
  }

  private static Note note(String key, String text) {
    return new Note(key, text.getBytes(UTF_8));
  }
}
