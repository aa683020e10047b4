package plaza.server;

import java.util.logging.Level;
import plaza.server.log.JsonLines;
import plaza.server.settings.Settings;

/// Sets up logging as the settings say.
public final class Logs {
  private Logs() {}

  public static void install(Settings settings) {
    JsonLines.install(
        System.err,
        switch (settings.logLevel()) {
          case DEBUG -> Level.FINE;
          case INFO -> Level.INFO;
          case WARNING -> Level.WARNING;
          case ERROR -> Level.SEVERE;
        });
  }
}
