package plaza.server.settings;

import java.util.Locale;

/// One thing an operator can set.
///
/// @param name as in `plaza.yaml`, nested at the dots: `limits.page`
/// @param kind how its text is read
/// @param standard the default, as text
/// @param sentence what it does
public record Setting<T>(String name, Kind<T> kind, String standard, String sentence) {
  public Setting {
    if (!name.matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)?"))
      throw new IllegalArgumentException("no name of a setting: " + name);
    kind.read(name, standard);
  }

  /// Such as `PLAZA_LIMITS_PAGE`.
  public String variable() {
    return "PLAZA_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /// Such as `--limits-page`.
  public String flag() {
    return "--" + name.replace('.', '-');
  }
}
