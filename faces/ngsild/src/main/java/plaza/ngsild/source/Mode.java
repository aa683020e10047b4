package plaza.ngsild.source;

import java.util.Locale;
import plaza.graph.Refusal;

/// How a registered source and what is held here go together (clauses 4.3.6.2, 4.3.6.3).
public enum Mode {
  /// All sources are equals, this one included.
  INCLUSIVE,
  /// All data of one entity's registered attributes are there and nowhere else.
  EXCLUSIVE,
  /// The registered data are there and not here; several such sources may overlap.
  REDIRECT,
  /// Only asked, and only for what nobody else knows.
  AUXILIARY;

  /// Whether the registered data must not be held here (clause 4.3.6.3).
  public boolean isProxied() {
    return this == EXCLUSIVE || this == REDIRECT;
  }

  static Mode named(String name) {
    return switch (name) {
      case "inclusive" -> INCLUSIVE;
      case "exclusive" -> EXCLUSIVE;
      case "redirect" -> REDIRECT;
      case "auxiliary" -> AUXILIARY;
      default ->
          throw new Refusal.Invalid(
              "mode must be inclusive, exclusive, redirect or auxiliary, not '" + name + "'");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
