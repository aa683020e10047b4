package plaza.portal.page;

import java.time.ZoneId;
import java.util.List;

/// How a city presents itself.
///
/// @param city its name, such as `Taipei 臺北`
/// @param zone in which pages write times
/// @param demo whether people and pilots are invented, which every page that shows them says
/// @param sources of its data, for the footer and the page about data
public record Settings(String city, ZoneId zone, boolean demo, List<Frame.Source> sources) {
  public Settings {
    sources = List.copyOf(sources);
  }
}
