package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import plaza.ledger.store.StoreFailure;

/// Backups: each table in a file as COPY writes it, compressed, and a file `format` that names them
/// with their checksums. All as the database was at one moment.
final class Copies {
  private static final String TEXT = "plaza-postgres ";
  private static final String FORMAT = "format";

  private Copies() {}

  /// Whether a folder holds such a backup.
  static boolean isThere(Path folder) {
    try {
      return Files.isRegularFile(folder.resolve(FORMAT))
          && Files.readString(folder.resolve(FORMAT)).startsWith(TEXT);
    } catch (IOException e) {
      throw new StoreFailure("reading the backup " + folder, e);
    }
  }

  /// @param folder empty
  static void write(Views.View view, Path folder) throws IOException {
    var lines = new ArrayList<String>(List.of(TEXT + Tables.FORMAT));
    for (var table : Tables.ALL) lines.add(write(view, folder, table));
    // Last: a folder without it is no backup.
    Files.write(folder.resolve(FORMAT), lines);
    sync(folder.resolve(FORMAT));
  }

  private static String write(Views.View view, Path folder, String table) throws IOException {
    var digest = digest();
    var file = file(folder, table);
    long rows;
    try (OutputStream out =
        new DigestOutputStream(
            new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16),
            digest)) {
      rows = view.ask("copying the table " + table, session -> copyOut(session, table, out));
    }
    sync(file);
    return table + " " + rows + " " + HexFormat.of().formatHex(digest.digest());
  }

  private static long copyOut(Connection session, String table, OutputStream out)
      throws SQLException {
    try {
      return session
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy " + table + " to stdout (format binary)", out);
    } catch (IOException e) {
      throw new StoreFailure("copying the table " + table, e);
    }
  }

  /// Fills empty tables within one transaction, and takes nothing of a backup that is damaged.
  static void read(Connection session, Path folder) throws SQLException {
    session.setAutoCommit(false);
    try {
      var lines = Files.readAllLines(folder.resolve(FORMAT), UTF_8);
      requireFormat(folder, lines.getFirst());
      try (var statement = session.createStatement()) {
        statement.execute("delete from about");
      }
      for (var line : lines.subList(1, lines.size())) {
        var words = line.split(" ", -1);
        if (words.length != 3 || !Tables.ALL.contains(words[0]))
          throw new StoreFailure("the backup " + folder + " lists no table: '" + line + "'");
        read(session, folder, words[0], words[2]);
      }
      session.commit();
    } catch (IOException e) {
      throw new StoreFailure("reading the backup " + folder, e);
    } finally {
      if (!session.isClosed()) {
        session.rollback();
        session.setAutoCommit(true);
      }
    }
  }

  private static void requireFormat(Path folder, String line) {
    if (!line.equals(TEXT + Tables.FORMAT))
      throw new StoreFailure(
          "the backup "
              + folder
              + " is of another version: '"
              + line
              + "'; this Plaza restores '"
              + TEXT
              + Tables.FORMAT
              + "'");
  }

  private static void read(Connection session, Path folder, String table, String print)
      throws SQLException, IOException {
    var digest = digest();
    try (var in =
        new DigestInputStream(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(file(folder, table))), 1 << 16),
            digest)) {
      session
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + table + " from stdin (format binary)", in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(print))
      throw new StoreFailure(
          "the file " + file(folder, table) + " is damaged: its checksum is another");
  }

  private static Path file(Path folder, String table) {
    return folder.resolve(table + ".copy.gz");
  }

  private static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
