package plaza.links.poll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Refusal;

/// A table in a folder that the operator opened to links.
final class FileSource implements Source {
  private static final String STAMP = "file";

  private final PollSettings settings;
  private final List<Path> folders;

  FileSource(PollSettings settings, List<Path> folders) {
    this.settings = settings;
    this.folders = folders;
  }

  @Override
  public Optional<Table> fetch(Map<String, String> notes) throws IOException {
    var file = within(folders, Path.of(settings.source()));
    try {
      // Links in the file system lead out of folders.
      boolean inside = false;
      for (var folder : folders)
        if (Files.isDirectory(folder) && file.toRealPath().startsWith(folder.toRealPath()))
          inside = true;
      if (!inside) throw outside(folders, file);
      // Read before the content, so that what is written meanwhile is met in the next pass.
      var stamp = Files.getLastModifiedTime(file) + " " + Files.size(file);
      if (stamp.equals(notes.get(STAMP))) return Optional.empty();
      try (var in = Files.newInputStream(file)) {
        var bytes = Unpacked.read(in, settings.maxBytes(), settings.source());
        return Optional.of(new Table(bytes, Map.of(STAMP, stamp)));
      }
    } catch (NoSuchFileException _) {
      throw new IOException("there is no file " + file);
    }
  }

  /// The file's absolute path.
  ///
  /// @throws Refusal.Forbidden when it lies in none of the folders
  static Path within(List<Path> folders, Path file) {
    for (var folder : folders) {
      var base = folder.toAbsolutePath().normalize();
      var path = base.resolve(file).normalize();
      if (path.startsWith(base)) return path;
    }
    throw outside(folders, file);
  }

  private static Refusal outside(List<Path> folders, Path file) {
    return new Refusal.Forbidden(
        "file "
            + file
            + " lies outside the folders that links may read: "
            + (folders.isEmpty() ? "none is configured" : folders));
  }

  @Override
  public void close() {}
}
