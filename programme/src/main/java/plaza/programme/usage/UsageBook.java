package plaza.programme.usage;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import plaza.graph.Address;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.programme.record.Dossiers;

/// What is kept of a service's use, beside the graph, where no face looks: its secret, a line for
/// each pseudonym, a count for each day.
final class UsageBook {
  private static final int PAGE = 5_000;
  private final Notebook notebook;
  private final Address address;
  private final String prefix;

  UsageBook(Notebook notebook, Address address, String service) {
    this.notebook = notebook;
    this.address = address;
    // An id holds no space, so that no service's prefix begins another's.
    this.prefix = address.tenant() + " " + service + " ";
  }

  Optional<byte[]> secret() {
    return notebook.find(prefix + "secret");
  }

  void keepSecret(byte[] secret) {
    keep(List.of(new Note(prefix + "secret", secret)));
  }

  Optional<UserDays> user(String hash) {
    return notebook.find(prefix + "user " + hash).map(UserDays::of);
  }

  Note userNote(String hash, UserDays days) {
    return new Note(prefix + "user " + hash, days.bytes());
  }

  Note forgottenUser(String hash) {
    return new Note(prefix + "user " + hash, null);
  }

  long counted(LocalDate day) {
    return notebook.find(prefix + "day " + day).map(UsageBook::number).orElse(0L);
  }

  Note dayNote(LocalDate day, long users) {
    return new Note(prefix + "day " + day, bytes(Long.toString(users)));
  }

  /// Days with users, oldest first.
  List<LocalDate> days() {
    var days = new ArrayList<LocalDate>();
    each(
        "day ",
        note -> days.add(LocalDate.parse(note.key().substring((prefix + "day ").length()))));
    return days;
  }

  void eachUser(Consumer<Note> visitor) {
    each("user ", visitor);
  }

  String hash(Note user) {
    return user.key().substring((prefix + "user ").length());
  }

  /// Forgets the secret and every pseudonym; counts of days stay.
  void forgetUsers() {
    var gone = new ArrayList<Note>();
    gone.add(new Note(prefix + "secret", null));
    eachUser(note -> gone.add(new Note(note.key(), null)));
    for (int at = 0; at < gone.size(); at += PAGE)
      keep(gone.subList(at, Math.min(gone.size(), at + PAGE)));
  }

  void keep(List<Note> notes) {
    if (!notes.isEmpty()) notebook.keep(Dossiers.PROGRAMME, address, List.copyOf(notes));
  }

  private void each(String kind, Consumer<Note> visitor) {
    var after = "";
    while (true) {
      var page = notebook.list(prefix + kind, after, PAGE);
      page.forEach(visitor);
      if (page.size() < PAGE) return;
      after = page.getLast().key();
    }
  }

  private static long number(byte[] bytes) {
    return Long.parseLong(new String(bytes, StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
