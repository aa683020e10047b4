package plaza.portal.page;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands around every page.
///
/// @param title of the page, without the site's name
/// @param description one sentence for search engines and previews
/// @param section which entry of the menu is the page's; empty for none
/// @param invented whether the page shows people or pilots that were invented for the demo
/// @param city the site's name for its city
/// @param zone in which pages write times
/// @param visitor how to address who is signed in; null for nobody
/// @param csrf goes into every form; null when nobody is signed in
/// @param path where the page is, to come back to after signing in
public record Frame(
    String title,
    String description,
    String section,
    boolean invented,
    String city,
    ZoneId zone,
    @Nullable String visitor,
    @Nullable String csrf,
    String path,
    String style,
    String htmx,
    String icon,
    List<Assets.Island> islands,
    List<Source> sources) {
  public Frame {
    islands = List.copyOf(islands);
    sources = List.copyOf(sources);
  }

  /// Where data come from, for the footer.
  ///
  /// @param licence its name
  /// @param url of the licence or the data set; null when there is none
  public record Source(String name, String publisher, String licence, @Nullable String url) {}
}
