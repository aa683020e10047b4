package plaza.ngsild.represent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// Clause 4.15: the languages somebody reads, the best first.
///
/// @param tags lower case; `*` for any
/// @param refused lower case; given the weight 0, so that anything else is better
public record LanguageFilter(List<String> tags, List<String> refused) {
  public LanguageFilter {
    tags = List.copyOf(tags);
    refused = List.copyOf(refused);
  }

  private record Ranked(String tag, double quality) {}

  /// Reads `fr-CH,fr;q=0.9,*;q=0.5`.
  public static LanguageFilter parse(String text) {
    var ranked = new ArrayList<Ranked>();
    for (var part : text.split(",", -1)) {
      var pieces = part.strip().split(";", 2);
      var tag = pieces[0].strip().toLowerCase(Locale.ROOT);
      if (!tag.matches("\\*|[a-z0-9]{1,8}(-[a-z0-9]{1,8})*"))
        throw new Refusal.Invalid(
            "lang must be language tags such as 'en' or 'fr-CH,fr;q=0.9,*;q=0.5', not '"
                + text
                + "'");
      ranked.add(new Ranked(tag, pieces.length == 1 ? 1 : quality(pieces[1].strip(), text)));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::quality).reversed());
    var refused = ranked.stream().filter(one -> one.quality == 0).map(Ranked::tag).toList();
    ranked.removeIf(one -> one.quality == 0);
    return new LanguageFilter(ranked.stream().map(Ranked::tag).toList(), refused);
  }

  /// RFC 9110 §12.4.2.
  private static double quality(String text, String whole) {
    if (text.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)"))
      return Double.parseDouble(text.substring(2));
    throw new Refusal.Invalid(
        "lang has a weight that is no number from 0 to 1 such as q=0.8: '" + whole + "'");
  }

  /// The entry of a language map that suits best; any, when none does.
  Map.Entry<String, Value> choose(Map<String, Value> texts) {
    for (var wanted : tags) {
      if (wanted.equals("*")) break;
      for (var entry : texts.entrySet()) if (entry.getKey().equalsIgnoreCase(wanted)) return entry;
      for (var entry : texts.entrySet()) if (isRelated(entry.getKey(), wanted)) return entry;
    }
    var none = texts.get("@none");
    if (none != null) return Map.entry("@none", none);
    for (var entry : texts.entrySet()) if (!isRefused(entry.getKey())) return entry;
    return texts.entrySet().iterator().next();
  }

  private boolean isRefused(String tag) {
    for (var one : refused) if (tag.equalsIgnoreCase(one)) return true;
    return false;
  }

  private static boolean isRelated(String given, String wanted) {
    var tag = given.toLowerCase(Locale.ROOT);
    return tag.startsWith(wanted + "-") || wanted.startsWith(tag + "-");
  }
}
