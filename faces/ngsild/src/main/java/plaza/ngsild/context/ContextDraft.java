package plaza.ngsild.context;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// Works through a JSON-LD 1.1 context (§4.1 of its processing algorithms), as far as NGSI-LD uses
/// it: terms, prefixes, `@vocab`, type coercion, nested and remote contexts.
final class ContextDraft {
  private static final int DEPTH = 8;
  private static final int TERMS = 50_000;
  private static final String GEN_DELIMS = ":/?#[]@";

  private final Function<String, Value> remote;
  private final boolean core;
  private final Map<String, Term> terms = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private @Nullable String vocab;
  private int depth;

  /// @param remote gives the document at a URL
  /// @param core whether this is the core context, which alone may scope contexts
  ContextDraft(Function<String, Value> remote, boolean core) {
    this.remote = remote;
    this.core = core;
    if (core) vocab = Names.DEFAULT_VOCAB;
  }

  Map<String, Term> terms() {
    return terms;
  }

  @Nullable String vocab() {
    return vocab;
  }

  /// Adds a context on top of what is there.
  void add(@Nullable Value context) {
    if (++depth > DEPTH)
      throw new Refusal.Invalid("the @context is nested more than " + DEPTH + " levels deep");
    switch (context) {
      case Value.Text(var url) -> {
        if (!Core.isCore(url)) add(ofDocument(remote.apply(url), url));
      }
      case Value.Items(var items) -> items.forEach(this::addItem);
      case Value.Struct(var members) -> define(members);
      case Value.Null _ -> {
        terms.clear();
        vocab = null;
      }
      case null, default ->
          throw new Refusal.Invalid(
              "a @context must be a URL, an object or an array of these, not "
                  + (context == null ? "absent" : "a number or boolean"));
    }
    depth--;
  }

  /// JSON-LD 1.1 API, context processing 5.4: what stands in an array is no array itself.
  private void addItem(Value item) {
    if (item instanceof Value.Items)
      throw new Refusal.Invalid("an array within the array of a @context; write one array");
    add(item);
  }

  private static Value ofDocument(Value document, String url) {
    if (document instanceof Value.Struct(var members)) {
      var context = members.get("@context");
      if (context != null) return context;
    }
    throw new Refusal.Invalid("the document at " + url + " has no @context");
  }

  private void define(Map<String, Value> context) {
    if (context.get("@import") instanceof Value.Text(var url))
      add(ofDocument(remote.apply(url), url));
    var given = context.get("@vocab");
    if (given instanceof Value.Text(var text)) {
      if (!text.isEmpty()) vocab = expand(text, context);
      if (vocab != null && vocab.startsWith("@"))
        throw new Refusal.Invalid("@vocab must be an IRI, not a keyword: '" + text + "'");
    } else if (given instanceof Value.Null) vocab = null;
    else if (given != null) throw new Refusal.Invalid("@vocab must be an IRI or null");
    // What an outer context said of a name must not leak into its new definition.
    for (var name : context.keySet()) if (!name.startsWith("@")) terms.remove(name);
    for (var name : context.keySet()) if (!name.startsWith("@")) term(name, context);
    if (terms.size() > TERMS)
      throw new Refusal.Invalid("the @context defines more than " + TERMS + " terms");
  }

  private @Nullable Term term(String name, Map<String, Value> context) {
    var known = terms.get(name);
    if (known != null || !context.containsKey(name)) return known;
    if (!underWay.add(name))
      throw new Refusal.Invalid("the @context defines '" + name + "' by itself");
    var term = read(name, context.get(name), context);
    underWay.remove(name);
    terms.put(name, term);
    return term;
  }

  private Term read(String name, @Nullable Value definition, Map<String, Value> context) {
    return switch (definition) {
      case Value.Null _ -> new Term(name, null, null, false);
      case Value.Text(var text) -> simple(name, iri(name, text, context));
      case Value.Struct(var members) -> {
        if (!core && members.containsKey("@context"))
          throw new Refusal.Invalid(
              "the @context scopes a context to '"
                  + name
                  + "', which NGSI-LD does not allow (clause 5.5.7)");
        var id = members.get("@id");
        @Nullable String iri;
        if (id instanceof Value.Text(var text)) iri = iri(name, text, context);
        else if (id instanceof Value.Null || members.containsKey("@reverse")) iri = null;
        else if (id == null) iri = byItself(name, context);
        else throw new Refusal.Invalid("the @id of '" + name + "' in the @context must be an IRI");
        yield new Term(
            name,
            iri,
            members.get("@type") instanceof Value.Text(var type) ? expand(type, context) : null,
            members.get("@prefix") instanceof Value.Flag(boolean set) && set && canBePrefix(name));
      }
      case null, default ->
          throw new Refusal.Invalid(
              "the @context must map '" + name + "' to an IRI, an object or null");
    };
  }

  /// A name with a colon or a slash is never a prefix: what it began would read as something else.
  private static boolean canBePrefix(String name) {
    return name.indexOf(':') < 0 && name.indexOf('/') < 0;
  }

  private static Term simple(String name, @Nullable String iri) {
    boolean prefix =
        iri != null
            && !iri.isEmpty()
            && canBePrefix(name)
            && !iri.startsWith("@")
            && GEN_DELIMS.indexOf(iri.charAt(iri.length() - 1)) >= 0;
    return new Term(name, iri, null, prefix);
  }

  private @Nullable String iri(String name, String text, Map<String, Value> context) {
    return text.equals(name) ? byItself(name, context) : expand(text, context);
  }

  private String byItself(String name, Map<String, Value> context) {
    int colon = name.indexOf(':');
    if (colon > 0) return absolute(name, colon, context);
    return (vocab == null ? Names.DEFAULT_VOCAB : vocab) + name;
  }

  private String expand(String text, Map<String, Value> context) {
    if (text.startsWith("@")) return text;
    var term = term(text, context);
    if (term != null && term.iri() != null) return term.iri();
    if (!core && Core.TERMS.containsKey(text)) {
      var iri = Core.TERMS.get(text).iri();
      if (iri != null) return iri;
    }
    int colon = text.indexOf(':');
    if (colon > 0) return absolute(text, colon, context);
    return (vocab == null ? Names.DEFAULT_VOCAB : vocab) + text;
  }

  private String absolute(String text, int colon, Map<String, Value> context) {
    if (text.startsWith("//", colon + 1)) return text;
    var name = text.substring(0, colon);
    var prefix = term(name, context);
    if (prefix == null && !core) prefix = Core.TERMS.get(name);
    return prefix != null && prefix.iri() != null ? prefix.iri() + text.substring(colon + 1) : text;
  }
}
