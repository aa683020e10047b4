package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import plaza.ledger.store.Note;
import plaza.store.bytes.StoredRows;

/// What consumers and links remember: by owner, then by key.
final class Notes implements StoredRows.Notes {
  private final Readers readers;

  Notes(Readers readers) {
    this.readers = readers;
  }

  /// Not synced: it survives the end of this process, and not yet that of the database.
  void keep(String owner, List<Note> notes) {
    var batch = new Batch();
    CommitWriter.keep(batch, owner, notes);
    readers.ask(
        "keeping notes of " + owner,
        session -> {
          batch.execute(session);
          return true;
        });
  }

  @Override
  public Optional<byte[]> find(String owner, String key) {
    return readers.ask(
        "reading a note of " + owner,
        session -> {
          try (var statement =
              session.prepareStatement("select value from notes where owner = ? and key = ?")) {
            statement.setString(1, owner);
            statement.setBytes(2, key.getBytes(UTF_8));
            try (var rows = statement.executeQuery()) {
              return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<Note> list(String owner, String prefix, String after, int limit) {
    var head = prefix.getBytes(UTF_8);
    var behind = after.getBytes(UTF_8);
    // Behind `after` is from the key that only has a zero byte more.
    var next = Arrays.copyOf(behind, behind.length + 1);
    var from = Arrays.compareUnsigned(head, next) >= 0 || after.isEmpty() ? head : next;
    return readers.ask(
        "reading the notes of " + owner,
        session -> {
          try (var statement =
              session.prepareStatement(
                  "select key, value from notes where owner = ? and key >= ?"
                      + (head.length == 0 ? "" : " and key < ?")
                      + " order by key limit ?")) {
            int at = 1;
            statement.setString(at++, owner);
            statement.setBytes(at++, from);
            if (head.length > 0) statement.setBytes(at++, Planner.after(head));
            statement.setInt(at, limit);
            try (var rows = statement.executeQuery()) {
              var found = new ArrayList<Note>();
              while (rows.next())
                found.add(new Note(new String(rows.getBytes(1), UTF_8), rows.getBytes(2)));
              return found;
            }
          }
        });
  }
}
