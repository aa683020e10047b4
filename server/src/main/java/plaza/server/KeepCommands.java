package plaza.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import plaza.graph.Refusal;
import plaza.ledger.store.StoreFailure;
import plaza.server.control.Control;
import plaza.server.settings.Configuration;
import plaza.server.settings.Settings;
import plaza.server.settings.StoreSettings;
import plaza.store.postgres.PostgresBackup;

/// The commands that show the configuration and keep data folders.
final class KeepCommands {
  private KeepCommands() {}

  static void config(List<String> arguments) {
    var configuration = configuration(arguments);
    Settings.of(configuration);
    System.out.print(configuration.words());
  }

  /// Of a running server through itself, of a stopped one from here.
  static void backup(List<String> arguments) {
    var target = folder("backup", arguments);
    var settings = settings(arguments);
    requireCity(settings);
    if (!Control.ask(settings.data(), target))
      try (var city = new City(settings)) {
        city.backup(target);
      }
    System.out.println("backup of " + settings.data() + " written to " + target);
  }

  static void restore(List<String> arguments) {
    var backup = folder("restore", arguments);
    var settings = settings(arguments);
    Backups.restore(backup, settings);
    System.out.println(
        backup + " restored to " + settings.data() + "; check it with `plaza verify`");
  }

  /// Of a running server a copy is checked, so that nobody waits.
  static int verify(List<String> arguments) {
    var settings = settings(arguments);
    requireCity(settings);
    var copy =
        settings
            .data()
            .toAbsolutePath()
            .normalize()
            .resolveSibling(settings.data().getFileName() + ".verify-" + UUID.randomUUID());
    var running = Control.ask(settings.data(), copy);
    var faults = running ? faultsOf(settings, copy) : faults(settings);
    faults.forEach(System.out::println);
    System.out.println(
        faults.isEmpty()
            ? "all is well in " + settings.data()
            : faults.size() + " faults in " + settings.data());
    return faults.isEmpty() ? 0 : 1;
  }

  private static List<String> faults(Settings settings) {
    try (var city = new City(settings)) {
      return city.verify();
    }
  }

  /// A copy from a database is checked in a schema of its own, which goes with it.
  private static List<String> faultsOf(Settings settings, Path copy) {
    try {
      return switch (settings.store()) {
        case StoreSettings.Rocks rocks -> faults(settings.at(copy, rocks));
        case StoreSettings.Postgres(var options) -> {
          var aside = options.in("plaza_verify_" + UUID.randomUUID().toString().replace('-', '_'));
          try {
            PostgresBackup.restore(City.storeFolder(copy), aside);
            yield faults(settings.at(copy, new StoreSettings.Postgres(aside)));
          } finally {
            PostgresBackup.delete(aside);
          }
        }
      };
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path copy) {
    try {
      Backups.deleteTree(copy);
    } catch (IOException e) {
      throw new StoreFailure("deleting the checked copy " + copy, e);
    }
  }

  private static void requireCity(Settings settings) {
    if (!Files.isDirectory(City.storeFolder(settings.data())))
      throw new StoreFailure(
          "there is no city in the data folder " + settings.data() + "; name it with --data");
  }

  private static Path folder(String command, List<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().startsWith("-"))
      throw new Refusal.Invalid("name the folder: plaza " + command + " FOLDER [--data DIR]");
    return Path.of(arguments.getFirst());
  }

  private static Settings settings(List<String> arguments) {
    return Settings.of(configuration(arguments));
  }

  private static Configuration configuration(List<String> arguments) {
    var flags = new ArrayList<>(arguments);
    if (!flags.isEmpty() && !flags.getFirst().startsWith("-")) flags.removeFirst();
    return Configuration.of(Settings.all(), Map.of(), System.getenv(), flags);
  }
}
