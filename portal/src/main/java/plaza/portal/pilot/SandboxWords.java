package plaza.portal.pilot;

import java.time.Instant;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;

/// A sandbox in plain words, for its page.
public final class SandboxWords {
  private SandboxWords() {}

  public static String state(String state) {
    return switch (state) {
      case "PREPARING" -> "Being laid out";
      case "RUNNING" -> "Running";
      case "PAUSED" -> "Paused";
      case "WAITING" -> "Waiting";
      case "FINISHED" -> "At its end";
      default -> state;
    };
  }

  public static String tone(String state) {
    return switch (state) {
      case "RUNNING" -> "good";
      case "WAITING" -> "warn";
      default -> "";
    };
  }

  public static String moment(Times times, String iso) {
    return iso.isEmpty() ? "–" : times.moment(Instant.parse(iso));
  }

  public static String percent(Seen sandbox) {
    return "%.1f %%".formatted(100 * sandbox.number("progress"));
  }

  public static String speed(Seen sandbox) {
    return sandbox.text("speed").equals("max")
        ? "as fast as can be"
        : "%,.0f×".formatted(sandbox.number("speed"));
  }

  public static String count(Seen sandbox, String name) {
    return "%,d".formatted(sandbox.count(name));
  }

  public static String lag(Seen sandbox) {
    double lag = sandbox.number("lagSeconds");
    return lag < 1 ? "on time" : "%,.0f s behind".formatted(lag);
  }
}
