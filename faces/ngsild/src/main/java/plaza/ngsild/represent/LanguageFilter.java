package plaza.ngsild.represent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// Clause 4.15: the languages somebody reads, the best first.
///
/// @param tags lower case; `*` for any
public record LanguageFilter(List<String> tags) {
  public LanguageFilter {
    tags = List.copyOf(tags);
  }

  private record Ranked(String tag, double quality) {}

  /// Reads `fr-CH,fr;q=0.9,*;q=0.5`.
  public static LanguageFilter parse(String text) {
    var ranked = new ArrayList<Ranked>();
    for (var part : text.split(",", -1)) {
      var pieces = part.strip().split(";", 2);
      var tag = pieces[0].strip().toLowerCase(java.util.Locale.ROOT);
      if (!tag.matches("\\*|[a-z0-9]{1,8}(-[a-z0-9]{1,8})*"))
        throw new Refusal.Invalid(
            "lang must be language tags such as 'en' or 'fr-CH,fr;q=0.9,*;q=0.5', not '"
                + text
                + "'");
      ranked.add(new Ranked(tag, pieces.length == 1 ? 1 : quality(pieces[1].strip(), text)));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::quality).reversed());
    return new LanguageFilter(ranked.stream().map(Ranked::tag).toList());
  }

  private static double quality(String text, String whole) {
    try {
      if (text.startsWith("q=")) return Double.parseDouble(text.substring(2));
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal.Invalid("lang has a weight that is no number: '" + whole + "'");
  }

  /// The entry of a language map that suits best; any, when none does.
  Map.Entry<String, Value> choose(Map<String, Value> texts) {
    for (var wanted : tags) {
      if (wanted.equals("*")) break;
      for (var entry : texts.entrySet()) if (entry.getKey().equalsIgnoreCase(wanted)) return entry;
      for (var entry : texts.entrySet()) {
        var tag = entry.getKey().toLowerCase(java.util.Locale.ROOT);
        if (tag.startsWith(wanted + "-") || wanted.startsWith(tag + "-")) return entry;
      }
    }
    var none = texts.get("@none");
    return none == null ? texts.entrySet().iterator().next() : Map.entry("@none", none);
  }
}
