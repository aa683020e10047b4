package plaza.demo.taipei;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// The folder of open data, as it was taken from its sources.
public final class Source {
  private static final int BUFFER = 1 << 16;

  private final Path folder;

  public Source(Path folder) {
    this.folder = folder;
  }

  public boolean exists() {
    return Files.isRegularFile(folder.resolve("youbike/sites.csv.gz"));
  }

  /// @param name such as `districts.geojson.gz`
  InputStream open(String name) throws IOException {
    return new BufferedInputStream(
        new GZIPInputStream(Files.newInputStream(folder.resolve(name)), BUFFER), BUFFER);
  }

  byte[] read(String name) throws IOException {
    try (var in = open(name)) {
      return in.readAllBytes();
    }
  }

  /// The days there are readings of, in order: `2025-04-09`, …
  List<String> days() throws IOException {
    try (var files = Files.list(folder.resolve("youbike/slots"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csv.gz"))
          .map(name -> name.substring(0, name.length() - ".csv.gz".length()))
          .sorted()
          .toList();
    }
  }

  static String readings(String day) {
    return "youbike/slots/" + day + ".csv.gz";
  }
}
