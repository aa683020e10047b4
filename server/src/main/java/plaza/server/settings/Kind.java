package plaza.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import plaza.graph.Refusal;

/// How the text of a setting becomes a value.
///
/// @param words for people: `whole number from 0 to 65535`
/// @param reader throws IllegalArgumentException for a text that is none
public record Kind<T>(String words, Function<String, T> reader) {
  public static final Kind<Boolean> FLAG = new Kind<>("true or false", Kind::flag);
  public static final Kind<String> TEXT = new Kind<>("text", text -> text);

  /// Never shown.
  public static final Kind<String> SECRET = new Kind<>("secret", text -> text);

  public static final Kind<Path> PATH = new Kind<>("path", Kind::path);
  public static final Kind<Duration> DURATION =
      new Kind<>("duration such as 30s, 5m, 2h or 7d", Kind::duration);
  public static final Kind<ZoneId> ZONE = new Kind<>("time zone such as Asia/Taipei", Kind::zone);
  public static final Kind<Set<String>> NAMES =
      new Kind<>("names with commas between them", Kind::names);

  public static Kind<Integer> whole(int least, int most) {
    return new Kind<>(
        "whole number from " + least + " to " + most,
        text -> {
          int number = Integer.parseInt(text);
          if (number < least || number > most) throw new IllegalArgumentException(text);
          return number;
        });
  }

  public static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    var names = Arrays.stream(type.getEnumConstants()).map(Kind::word).toList();
    return new Kind<>("one of " + String.join(", ", names), text -> choice(type, names, text));
  }

  private static <E extends Enum<E>> E choice(Class<E> type, List<String> names, String text) {
    int at = names.indexOf(text.toLowerCase(Locale.ROOT));
    if (at < 0) throw new IllegalArgumentException(text);
    return type.getEnumConstants()[at];
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  T read(String name, String text) {
    try {
      return reader.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new Refusal.Invalid(name + " must be a " + words + ", not '" + text + "'");
    }
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Path path(String text) {
    try {
      if (text.isEmpty()) throw new IllegalArgumentException(text);
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Duration duration(String text) {
    if (!text.matches("[0-9]{1,9}(ms|s|m|h|d)")) throw new IllegalArgumentException(text);
    long number = Long.parseLong(text.replaceAll("[a-z]", ""));
    return switch (text.replaceAll("[0-9]", "")) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static Set<String> names(String text) {
    var names = new TreeSet<String>();
    for (var name : text.split(",", -1)) if (!name.isBlank()) names.add(name.strip());
    return Set.copyOf(names);
  }
}
