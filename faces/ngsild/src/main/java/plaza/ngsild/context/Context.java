package plaza.ngsild.context;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// A compiled context: expands short names to IRIs and compacts IRIs to short names.
///
/// Terms of the core context cannot be redefined (clause 5.5.7). Immutable; remembers what it was
/// asked, because a city uses few names very often.
public final class Context {
  private static final int NAMES_REMEMBERED = 20_000;

  private final Map<String, Term> core;
  private final Map<String, Term> terms;
  private final String vocab;
  private final Map<String, String> shortest = new HashMap<>();
  private final Map<String, String> expanded = new ConcurrentHashMap<>();
  private final Map<String, String> compacted = new ConcurrentHashMap<>();
  private final Map<String, String> named = new ConcurrentHashMap<>();
  private final Value source;
  private final String link;

  /// @param core the core context's terms; they win
  /// @param source the `@context` a document carries to mean this one, the core context last
  /// @param link the URL a Link header names
  Context(
      Map<String, Term> core,
      Map<String, Term> terms,
      @Nullable String vocab,
      Value source,
      String link) {
    this.core = core;
    this.terms = terms;
    this.vocab = vocab == null ? Names.DEFAULT_VOCAB : vocab;
    this.source = source;
    this.link = link;
    for (var term : terms.values()) if (!core.containsKey(term.name())) offer(term);
    core.values().forEach(this::offer);
  }

  private void offer(Term term) {
    var iri = term.iri();
    if (iri == null || iri.startsWith("@")) return;
    shortest.merge(iri, term.name(), Context::better);
  }

  /// JSON-LD prefers the shortest name, then the alphabetically least.
  private static String better(String one, String other) {
    if (one.length() != other.length()) return one.length() < other.length() ? one : other;
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// The value of `@context` in documents that mean this context.
  public Value source() {
    return source;
  }

  /// The URL for Link headers.
  public String link() {
    return link;
  }

  /// The IRI of a type, attribute or vocabulary term.
  ///
  /// @throws Refusal.Invalid when the context maps it to nothing, or to a keyword
  public String expand(String name) {
    var known = expanded.get(name);
    if (known != null) return known;
    var iri = expandAnew(name);
    if (expanded.size() < NAMES_REMEMBERED) expanded.put(name, iri);
    return iri;
  }

  private String expandAnew(String name) {
    var term = term(name);
    if (term != null) {
      var iri = term.iri();
      if (iri == null || iri.startsWith("@"))
        throw new Refusal.Invalid(
            "the name '"
                + name
                + (iri == null
                    ? "' stands for nothing in the @context; map it to an IRI"
                    : "' is reserved; choose another"));
      return iri;
    }
    if (name.startsWith("@"))
      throw new Refusal.Invalid("the name '" + name + "' is reserved; choose another");
    int colon = name.indexOf(':');
    return colon < 0 ? vocab + name : absolute(name, colon);
  }

  /// The IRI of an identifier: prefixes are resolved, everything else stays as it is.
  public String expandId(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? id : absolute(id, colon);
  }

  /// An identifier as documents, bodies and URLs have it: its prefix resolved, an absolute URI.
  ///
  /// @param what names it where it is none
  public String uri(String id, String what) {
    return Names.uri(expandId(id), what);
  }

  /// Likewise the name of an instance of an attribute (clause 4.5.5); `@none` is the default one.
  public String datasetId(String id) {
    return id.equals("@none") ? id : uri(id, "datasetId");
  }

  private String absolute(String name, int colon) {
    if (name.startsWith("//", colon + 1)) return name;
    var prefix = term(name.substring(0, colon));
    return prefix != null && prefix.prefix() && prefix.iri() != null
        ? prefix.iri() + name.substring(colon + 1)
        : name;
  }

  private @Nullable Term term(String name) {
    var term = core.get(name);
    return term != null ? term : terms.get(name);
  }

  /// Whether the values of a name are coerced to vocabulary terms (`"@type": "@vocab"`).
  public boolean coercesToVocab(String name) {
    var term = term(name);
    return term != null && "@vocab".equals(term.type());
  }

  /// The shortest name that expands to the IRI again; the IRI itself when there is none. It is for
  /// values, such as vocabulary terms: types and attributes are named by [#name].
  public String compact(String iri) {
    var known = compacted.get(iri);
    if (known != null) return known;
    var name = compactAnew(iri);
    if (compacted.size() < NAMES_REMEMBERED) compacted.put(iri, name);
    return name;
  }

  /// The shortest name of a type or an attribute that can be read again: as [#compact], unless that
  /// is none by clause 4.6.2, such as `off-street`.
  public String name(String iri) {
    var known = named.get(iri);
    if (known != null) return known;
    var name = compact(iri);
    if (name.indexOf(':') < 0 && !isName(name)) name = iri;
    if (named.size() < NAMES_REMEMBERED) named.put(iri, name);
    return name;
  }

  /// Clause 4.6.2: letters, digits and `_`, a letter first.
  public static boolean isName(String name) {
    boolean good = !name.isEmpty() && Character.isLetter(name.codePointAt(0));
    for (int i = 0; good && i < name.length(); ) {
      int c = name.codePointAt(i);
      good = Character.isLetter(c) || c == '_' || isNumber(c);
      i += Character.charCount(c);
    }
    return good;
  }

  private static boolean isNumber(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }

  private String compactAnew(String iri) {
    var name = shortest.get(iri);
    if (name != null) return name;
    if (iri.startsWith(vocab) && iri.length() > vocab.length()) {
      var rest = iri.substring(vocab.length());
      if (rest.indexOf(':') < 0 && !rest.startsWith("@") && term(rest) == null) return rest;
    }
    // The core's own prefixes are left out: they would hide a full name rather than shorten it.
    String best = null;
    for (var prefix : terms.values()) {
      var start = prefix.iri();
      if (!prefix.prefix() || start == null || !iri.startsWith(start)) continue;
      if (core.containsKey(prefix.name())) continue; // there it stands for something else
      if (iri.length() == start.length() || iri.startsWith("//", start.length())) continue;
      var compact = prefix.name() + ":" + iri.substring(start.length());
      if (term(compact) == null) best = best == null ? compact : better(best, compact);
    }
    return best == null ? iri : best;
  }
}
