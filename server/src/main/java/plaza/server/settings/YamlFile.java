package plaza.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import plaza.graph.Refusal;

/// Reads `plaza.yaml` into dotted names and texts.
final class YamlFile {
  private YamlFile() {}

  static Map<String, String> read(Path file) {
    try {
      var found = new LinkedHashMap<String, String>();
      var document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (document != null) flatten(file, "", document, found);
      return found;
    } catch (IOException e) {
      throw new Refusal.Invalid("the configuration " + file + " cannot be read: " + e.getMessage());
    } catch (YamlEngineException e) {
      throw new Refusal.Invalid("the configuration " + file + " is no YAML: " + e.getMessage());
    }
  }

  private static void flatten(
      Path file, String name, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((key, inner) ->
              flatten(file, name.isEmpty() ? String.valueOf(key) : name + "." + key, inner, into));
      case List<?> list ->
          into.put(name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      case null -> into.put(name, "");
      default -> {
        if (name.isEmpty())
          throw new Refusal.Invalid(
              "the configuration " + file + " must hold `name: value` lines, not '" + value + "'");
        into.put(name, value.toString());
      }
    }
  }
}
