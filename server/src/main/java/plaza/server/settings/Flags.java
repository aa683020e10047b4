package plaza.server.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// What stands behind a command: `--port 0`, `--port=0`, `--open`.
final class Flags {
  private final Map<Setting<?>, String> given = new LinkedHashMap<>();
  private @Nullable String config;

  Flags(List<Setting<?>> settings, List<String> arguments) {
    var left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      var argument = left.removeFirst();
      int equals = argument.indexOf('=');
      var flag = equals < 0 ? argument : argument.substring(0, equals);
      var setting = find(settings, flag);
      if (setting == null && !flag.equals("--config"))
        throw Nearest.unknown("flag", flag, names(settings));
      String text;
      if (equals >= 0) text = argument.substring(equals + 1);
      else if (setting != null && isBare(setting, left)) text = "true";
      else if (left.isEmpty()) throw new Refusal.Invalid(flag + " needs a value behind it");
      else text = left.removeFirst();
      if (setting == null) config = text;
      else given.put(setting, text);
    }
  }

  private static boolean isBare(Setting<?> setting, List<String> left) {
    return setting.kind().equals(Kind.FLAG)
        && (left.isEmpty() || !(left.getFirst().equals("true") || left.getFirst().equals("false")));
  }

  private static @Nullable Setting<?> find(List<Setting<?>> settings, String flag) {
    for (var setting : settings) if (setting.flag().equals(flag)) return setting;
    return null;
  }

  private static List<String> names(List<Setting<?>> settings) {
    var names = new ArrayList<String>();
    names.add("--config");
    settings.forEach(setting -> names.add(setting.flag()));
    return names;
  }

  Map<Setting<?>, String> given() {
    return given;
  }

  @Nullable String config() {
    return config;
  }
}
