package plaza.server.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The file `control` in a data folder: where the server listens for commands, and the token that
/// they need. Only the folder's owner may read it.
///
/// @param port on loopback
record Note(int port, String token) {
  static final String FILE = "control";

  static Optional<Note> find(Path data) throws IOException {
    var file = data.resolve(FILE);
    if (!Files.exists(file)) return Optional.empty();
    var words = Files.readString(file).strip().split(" ", 2);
    return words.length == 2 && words[0].matches("[0-9]{1,5}")
        ? Optional.of(new Note(Integer.parseInt(words[0]), words[1]))
        : Optional.empty();
  }

  void write(Path data) throws IOException {
    var fresh = data.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix"))
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, port + " " + token + "\n");
    Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }
}
