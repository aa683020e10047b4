package plaza.server.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import plaza.graph.Value;
import plaza.json.Json;

/// Writes each log record as one line of JSON, for whatever keeps the server's output.
public final class JsonLines extends Handler {
  // Held, because the JDK forgets the level of a logger that nobody holds.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  private final PrintStream out;
  private final SimpleFormatter formatter = new SimpleFormatter();

  public JsonLines(PrintStream out) {
    this.out = out;
  }

  /// Takes the place of all handlers there are.
  public static void install(PrintStream out, Level least) {
    LogManager.getLogManager().reset();
    var handler = new JsonLines(out);
    handler.setLevel(least);
    ROOT.addHandler(handler);
    ROOT.setLevel(least);
    // Says at each start what features it found; what concerns an operator it says as warnings.
    HELIDON.setLevel(least.intValue() < Level.INFO.intValue() ? least : Level.WARNING);
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) return;
    var members = new LinkedHashMap<String, Value>();
    members.put("at", Value.of(entry.getInstant().toString()));
    members.put("level", Value.of(level(entry.getLevel())));
    members.put("logger", Value.of(String.valueOf(entry.getLoggerName())));
    members.put("message", Value.of(String.valueOf(formatter.formatMessage(entry))));
    var thrown = entry.getThrown();
    if (thrown != null) members.put("error", Value.of(stack(thrown)));
    var line = (Json.text(new Value.Struct(members)) + "\n").getBytes(StandardCharsets.UTF_8);
    // One write, so that lines of several threads do not mix.
    out.write(line, 0, line.length);
    out.flush();
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) return "ERROR";
    if (level.intValue() >= Level.WARNING.intValue()) return "WARNING";
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  private static String stack(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
