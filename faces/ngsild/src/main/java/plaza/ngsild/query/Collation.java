package plaza.ngsild.query;

import java.text.CollationKey;
import java.text.Collator;
import java.text.ParseException;
import java.text.RuleBasedCollator;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// In which order texts come (clauses 4.23.1, 4.23.3): a BCP 47 tag such as `de-u-co-phonebk` or
/// `und-u-ks-level1-kn`, by the rules the JDK has for the language.
///
/// Not for two threads at once.
public final class Collation {
  /// The root order of Unicode, which favours no language.
  public static final String ROOT = "und";

  private static final int KEPT = 50;
  private static final Map<String, Collation> PARSED = new ConcurrentHashMap<>();
  private static final Pattern DIGITS = Pattern.compile("0*(\\d{1,18})");
  // Where the JDK skips blanks and hyphens, the root order of Unicode lets them come first.
  private static final String FIRST_SYMBOL = "<'_'";
  private static final String BLANKS_FIRST = "<' '<'_'";

  /// Signs in the root order of Unicode; the JDK has some of them elsewhere.
  private static final String SIGNS =
      Stream.of("-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".split(""))
          .map(sign -> "<'" + sign + "'")
          .collect(Collectors.joining("", "&'_'", ""));

  private static final String PHONE_BOOK =
      "& ae ; \u00e4 & AE ; \u00c4 & oe ; \u00f6 & OE ; \u00d6 & ue ; \u00fc & UE ; \u00dc";

  private final RuleBasedCollator collator;
  private final boolean numeric;

  private Collation(RuleBasedCollator collator, boolean numeric) {
    this.collator = collator;
    this.numeric = numeric;
  }

  /// Clause 5.7.2.4: what is no collation is refused even where nothing is ordered.
  public static void require(@Nullable String tag) {
    if (tag != null && !PARSED.containsKey(tag)) parse(tag);
  }

  /// @throws Refusal.Invalid for what is no collation, or none the JDK has
  public static Collation parse(@Nullable String tag) {
    var wanted = tag == null ? ROOT : tag;
    var known = PARSED.get(wanted);
    if (known == null) {
      known = read(wanted);
      if (PARSED.size() >= KEPT) PARSED.clear();
      PARSED.put(wanted, known);
    }
    return new Collation((RuleBasedCollator) known.collator.clone(), known.numeric);
  }

  public CollationKey key(String text) {
    return collator.getCollationKey(
        numeric
            ? DIGITS
                .matcher(text)
                .replaceAll(digits -> "0".repeat(18 - digits.group(1).length()) + digits.group(1))
            : text);
  }

  private static Collation read(String tag) {
    // ICU's own names write the extension as x-icu.
    var bare = tag.endsWith("-x-icu") ? tag.substring(0, tag.length() - 6) : tag;
    Locale locale;
    try {
      locale = new Locale.Builder().setLanguageTag(bare).build();
    } catch (IllformedLocaleException e) {
      throw wrong(tag, "is no language tag");
    }
    for (var key : locale.getUnicodeLocaleKeys())
      if (!java.util.Set.of("co", "ks", "kn", "ka").contains(key))
        throw wrong(tag, "sets '" + key + "', which is not offered; co, ks and kn are");
    if (!(Collator.getInstance(locale.stripExtensions()) instanceof RuleBasedCollator rules))
      throw wrong(tag, "has no rules here");
    try {
      var more = variant(tag, locale);
      var collator =
          new RuleBasedCollator(
              rules.getRules().replace(FIRST_SYMBOL, BLANKS_FIRST) + SIGNS + more);
      collator.setStrength(strength(tag, locale.getUnicodeLocaleType("ks")));
      collator.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
      return new Collation(collator, isSet(locale.getUnicodeLocaleType("kn")));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String variant(String tag, Locale locale) {
    if ("shifted".equals(locale.getUnicodeLocaleType("ka")))
      throw wrong(tag, "asks for ka-shifted, which is not offered");
    var variant = locale.getUnicodeLocaleType("co");
    if (variant == null || variant.equals("standard")) return "";
    if (variant.equals("phonebk") && locale.getLanguage().equals("de")) return PHONE_BOOK;
    throw wrong(tag, "asks for co-" + variant + ", which is not offered for that language");
  }

  private static int strength(String tag, @Nullable String level) {
    return switch (level) {
      case null -> Collator.TERTIARY;
      case "level1" -> Collator.PRIMARY;
      case "level2" -> Collator.SECONDARY;
      case "level3", "level4" -> Collator.TERTIARY;
      case "identic" -> Collator.IDENTICAL;
      default -> throw wrong(tag, "has a strength that is not level1 to level4 or identic");
    };
  }

  private static boolean isSet(@Nullable String type) {
    return type != null && (type.isEmpty() || type.equals("true"));
  }

  private static Refusal wrong(String tag, String why) {
    return new Refusal.Invalid(
        "collation: '"
            + tag
            + "' "
            + why
            + "; use one such as und, de-u-co-phonebk or und-u-ks-level1");
  }
}
