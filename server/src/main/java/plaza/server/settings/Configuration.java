package plaza.server.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// The settings in force and where each comes from: a default, the file, the environment or a flag,
/// the later beating the earlier. What is not a setting is refused with the nearest name.
public final class Configuration {
  // Of the launcher and the tests, not of the server.
  private static final List<String> OTHER_VARIABLES =
      List.of(
          "PLAZA_HEAP",
          "PLAZA_JVM_OPTIONS",
          "PLAZA_JAVA_HOME",
          "PLAZA_AOT",
          "PLAZA_CHROMIUM",
          "PLAZA_CLASSES",
          "PLAZA_CONFIG");
  private static final String FILE_IF_PRESENT = "plaza.yaml";

  private final Map<Setting<?>, Chosen> chosen = new LinkedHashMap<>();

  /// @param origin such as `default`, `plaza.yaml`, `PLAZA_PORT` or `--port`
  public record Chosen(String text, String origin) {}

  private Configuration(List<Setting<?>> settings) {
    for (var setting : settings) chosen.put(setting, new Chosen(setting.standard(), "default"));
  }

  /// @param defaults for this command, by setting name, in place of the settings' own
  /// @param arguments flags; `--config FILE` names the file, which otherwise is `plaza.yaml` in the
  ///   folder one stands in, if there is one
  /// @throws Refusal.Invalid naming the setting that is unknown or wrong
  public static Configuration of(
      List<Setting<?>> settings,
      Map<String, String> defaults,
      Map<String, String> environment,
      List<String> arguments) {
    var configuration = new Configuration(settings);
    defaults.forEach(
        (name, text) -> configuration.set(configuration.byName(name, "default"), text, "default"));
    var flags = new Flags(settings, arguments);
    var file = flags.config() == null ? environment.get("PLAZA_CONFIG") : flags.config();
    configuration.read(file);
    configuration.read(environment);
    flags.given().forEach((setting, text) -> configuration.set(setting, text, setting.flag()));
    return configuration;
  }

  private void read(@Nullable String file) {
    var path = Path.of(file == null ? FILE_IF_PRESENT : file);
    if (file == null && !path.toFile().isFile()) return;
    YamlFile.read(path)
        .forEach((name, text) -> set(byName(name, path.toString()), text, path.toString()));
  }

  private void read(Map<String, String> environment) {
    environment.forEach((variable, text) -> {
      if (!variable.startsWith("PLAZA_") || OTHER_VARIABLES.contains(variable)) return;
      for (var setting : chosen.keySet())
        if (setting.variable().equals(variable)) {
          set(setting, text, variable);
          return;
        }
      throw Nearest.unknown(
          "environment variable",
          variable,
          chosen.keySet().stream().map(setting -> setting.variable()).toList());
    });
  }

  private Setting<?> byName(String name, String where) {
    for (var setting : chosen.keySet()) if (setting.name().equals(name)) return setting;
    throw Nearest.unknown(
        "setting in " + where,
        name,
        chosen.keySet().stream().map(setting -> setting.name()).toList());
  }

  private void set(Setting<?> setting, String text, String origin) {
    setting.kind().read(origin.startsWith("-") ? origin : setting.name(), text);
    chosen.put(setting, new Chosen(text.strip(), origin));
  }

  public <T> T get(Setting<T> setting) {
    return setting.kind().read(setting.name(), chosen(setting).text());
  }

  public Chosen chosen(Setting<?> setting) {
    return Objects.requireNonNull(chosen.get(setting), setting.name());
  }

  /// For people: each setting in force, its origin and what it does.
  public String words() {
    var words = new StringBuilder();
    chosen.forEach((setting, value) ->
        words
            .append(
                "%-28s %-22s # %s%n"
                    .formatted(setting.name() + ":", shown(setting, value.text()), value.origin()))
            .append(
                "%-28s   %s (%s)%n".formatted("#", setting.sentence(), setting.kind().words())));
    return words.toString();
  }

  private static String shown(Setting<?> setting, String text) {
    if (text.isEmpty()) return "\"\"";
    return setting.kind().equals(Kind.SECRET) ? "(a secret)" : text;
  }
}
