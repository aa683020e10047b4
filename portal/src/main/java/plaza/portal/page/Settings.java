package plaza.portal.page;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/// How a city presents itself.
///
/// @param city its name, such as `Taipei 臺北`
/// @param zone in which pages write times
/// @param demo whether people and pilots are invented, which every page that shows them says
/// @param sources of its data, for the footer and the page about data
/// @param otherCities tenants beside the portal's own whose places can be looked at
public record Settings(
    String city,
    ZoneId zone,
    boolean demo,
    List<Frame.Source> sources,
    Supplier<List<String>> otherCities) {
  public Settings {
    sources = List.copyOf(sources);
  }

  /// A city alone.
  public Settings(String city, ZoneId zone, boolean demo, List<Frame.Source> sources) {
    this(city, zone, demo, sources, List::of);
  }
}
