package plaza.portal.page;

import java.util.List;

/// What a page says of itself.
///
/// @param section which entry of the menu is its; empty for none
/// @param islands names of the scripts it uses
/// @param invented whether it shows people or pilots invented for the demo
public record Page(
    String title, String description, String section, List<String> islands, boolean invented) {
  public Page {
    islands = List.copyOf(islands);
  }

  public static Page of(String title, String description, String section) {
    return new Page(title, description, section, List.of(), false);
  }

  public Page with(String... names) {
    return new Page(title, description, section, List.of(names), invented);
  }

  /// Shows what the programme holds: in the demo invented, in a real city not.
  public Page ofProgramme() {
    return new Page(title, description, section, islands, true);
  }
}
