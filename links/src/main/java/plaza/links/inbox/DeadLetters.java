package plaza.links.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// The dead letters of one link, as notes `dead/<number>`. When there are more than the limit the
/// oldest goes, and is counted: a flood of nonsense must stop neither good readings nor the disk.
final class DeadLetters {
  private static final String PREFIX = "dead/";
  private static final int NOTES_PER_READ = 100;

  private final Notebook notes;
  private final int limit;
  private final TreeSet<Long> numbers = new TreeSet<>();
  private long next = 1;

  DeadLetters(Notebook notes, int limit) {
    this.notes = notes;
    this.limit = limit;
    var after = "";
    while (true) {
      var page = notes.list(PREFIX, after, NOTES_PER_READ);
      if (page.isEmpty()) break;
      for (var note : page) numbers.add(number(note.key()));
      after = page.getLast().key();
    }
    if (!numbers.isEmpty()) next = numbers.last() + 1;
  }

  int count() {
    return numbers.size();
  }

  int limit() {
    return limit;
  }

  /// The number of the i-th letter that is about to be kept.
  long number(int index) {
    return next + index;
  }

  static Note note(DeadLetter letter) {
    return new Note(key(letter.number()), letter.bytes());
  }

  static Note without(long number) {
    return new Note(key(number), null);
  }

  /// The letters that must go, the oldest first, when so many are added and taken away; of the
  /// added ones too when they alone are too many.
  List<Long> surplus(int added, int taken) {
    int surplus = numbers.size() + added - taken - limit;
    return Stream.concat(numbers.stream(), LongStream.range(next, next + added).boxed())
        .limit(Math.max(0, surplus))
        .toList();
  }

  /// A change is committed.
  void changed(int added, List<Long> gone) {
    for (int i = 0; i < added; i++) numbers.add(next++);
    gone.forEach(numbers::remove);
  }

  Optional<DeadLetter> find(long number) {
    return notes.find(key(number)).map(bytes -> DeadLetter.read(number, bytes));
  }

  /// Oldest first.
  ///
  /// @param after the number after which to begin; 0 begins with the oldest
  List<DeadLetter> list(long after, int limit) {
    var letters = new ArrayList<DeadLetter>();
    for (var note : notes.list(PREFIX, key(after), limit)) {
      var value = note.value();
      if (value != null) letters.add(DeadLetter.read(number(note.key()), value));
    }
    return letters;
  }

  List<Long> numbers() {
    return List.copyOf(numbers);
  }

  private static String key(long number) {
    return PREFIX + "%016x".formatted(number);
  }

  private static long number(String key) {
    return Long.parseUnsignedLong(key.substring(PREFIX.length()), 16);
  }
}
