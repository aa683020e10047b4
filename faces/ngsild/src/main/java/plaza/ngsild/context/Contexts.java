package plaza.ngsild.context;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// Finds and compiles the context of a request (clause 6.3.5), keeping what is asked for often.
public final class Contexts {
  /// The URL of the built-in core context.
  public static final String CORE = Core.URL;

  private static final int DOCUMENTS_KEPT = 500;
  private static final int COMPILED_KEPT = 500;
  private static final int FETCHES_PER_CONTEXT = 20;

  private final ContextFetcher fetcher;
  private final Function<String, Optional<Value>> hosted;
  private final Function<Value, String> implicitLink;
  private final InstantSource clock;
  private final Map<String, CachedContext> documents = new ConcurrentHashMap<>();
  private final Map<String, Usage> ownUsages = new ConcurrentHashMap<>();
  private final Map<Value, Compiled> compiled = new ConcurrentHashMap<>();
  private final Context core;
  private final Map<String, Context> cores = new ConcurrentHashMap<>();

  /// @param usages of the stored contexts it is made of
  private record Compiled(Context context, Instant until, List<Usage> usages) {}

  private record Found(Value document, Instant until, Usage usage) {}

  /// @param hosted the document this server itself serves at a URL, if it does
  /// @param implicitLink a URL under which this server serves a context that came in a body
  public Contexts(
      ContextFetcher fetcher,
      Function<String, Optional<Value>> hosted,
      Function<Value, String> implicitLink,
      InstantSource clock) {
    this.fetcher = fetcher;
    this.hosted = hosted;
    this.implicitLink = implicitLink;
    this.clock = clock;
    this.core = new Context(Core.TERMS, Map.of(), null, Value.of(CORE), CORE);
  }

  /// Contexts without a network and without hosting, for tests and rooms that need only the core.
  public static Contexts builtIn() {
    return new Contexts(
        ContextFetcher.NONE, _ -> Optional.empty(), _ -> CORE, InstantSource.system());
  }

  /// The context of requests that name none (clause 5.5.5).
  public Context core() {
    return core;
  }

  /// The core context's document.
  public static Value.Struct coreDocument() {
    return Core.DOCUMENT;
  }

  public static boolean isCore(String url) {
    return Core.isCore(url);
  }

  /// The context a Link header names.
  ///
  /// @throws ContextUnavailable when it cannot be retrieved
  /// @throws Refusal.Invalid when it is no context
  public Context link(String url) {
    return of(Value.of(url));
  }

  /// The context a body carries as `@context`. As [#link].
  public Context of(Value context) {
    if (context instanceof Value.Text(var url) && Core.isCore(url)) return core(url);
    var known = compiled.get(context);
    var now = clock.instant();
    if (known != null && known.until.isAfter(now)) {
      for (var usage : known.usages) usage.hit(now);
      return known.context;
    }
    var fresh = compile(context);
    if (compiled.size() >= COMPILED_KEPT) compiled.clear();
    compiled.put(context, fresh);
    return fresh.context;
  }

  /// The core context by the name it was asked for: answers name the version the caller knows.
  private Context core(String url) {
    return url.equals(CORE)
        ? core
        : cores.computeIfAbsent(
            url, _ -> new Context(Core.TERMS, Map.of(), null, Value.of(url), url));
  }

  /// The context with what is behind its URLs in their place, the core's excepted: to be kept for a
  /// time when they cannot be retrieved. Only for one that [#of] has compiled.
  public Value resolved(Value context) {
    var parts = new ArrayList<Value>();
    resolve(context, parts);
    return parts.size() == 1 ? parts.getFirst() : new Value.Items(parts);
  }

  private void resolve(Value context, List<Value> to) {
    switch (context) {
      case Value.Items(var items) -> items.forEach(item -> resolve(item, to));
      case Value.Text(var url) when !Core.isCore(url) -> {
        if (document(url).document instanceof Value.Struct(var members)
            && members.containsKey("@context"))
          resolve(members.getOrDefault("@context", Value.Null.VALUE), to);
      }
      default -> to.add(context);
    }
  }

  /// Forgets what was fetched from a URL and every context built with it.
  public void forget(String url) {
    documents.remove(url);
    compiled.clear();
  }

  /// The contexts that were fetched and may still be used.
  public List<CachedContext> cached() {
    var now = clock.instant();
    return documents.values().stream()
        .filter(one -> one.expiresAt().isAfter(now))
        .sorted(Comparator.comparing(CachedContext::createdAt).thenComparing(CachedContext::url))
        .toList();
  }

  /// @param name the local identifier or the URL
  public Optional<CachedContext> findCached(String name) {
    return cached().stream()
        .filter(one -> one.url().equals(name) || one.localId().equals(name))
        .findFirst();
  }

  /// Fetches a cached context again (clause 5.13.5.4).
  ///
  /// @throws ContextUnavailable when it cannot be had or is none any more; the old one then stays
  public void reload(CachedContext known) {
    Found found;
    try {
      found = fetch(known.url(), known.usage());
      if (!(found.document instanceof Value.Struct(var members))
          || !members.containsKey("@context"))
        throw new Refusal.Invalid("the document at " + known.url() + " has no @context");
      new ContextDraft(url -> document(url).document, false).add(members.get("@context"));
    } catch (Refusal.Invalid broken) {
      throw new ContextUnavailable(
          "the @context at " + known.url() + " was not reloaded: " + broken.getMessage());
    }
    documents.put(known.url(), keep(known.url(), found));
    compiled.clear();
  }

  /// How often a context this server itself serves was used under a URL.
  public Usage ownUsage(String url) {
    int at = url.indexOf(HostedContexts.PATH);
    return ownUsages.computeIfAbsent(at < 0 ? url : url.substring(at), _ -> new Usage());
  }

  /// Whether a context could be used; keeps nothing of it.
  ///
  /// @throws Refusal.Invalid when it is broken; [ContextUnavailable] when a part cannot be had
  public void check(Value context) {
    draft(context, new Instant[] {clock.instant()}, new ArrayList<>());
  }

  private ContextDraft draft(Value context, Instant[] until, List<Usage> usages) {
    var draft =
        new ContextDraft(
            url -> {
              if (usages.size() >= FETCHES_PER_CONTEXT)
                throw new Refusal.Invalid(
                    "the @context refers to more than " + FETCHES_PER_CONTEXT + " others");
              var document = document(url);
              usages.add(document.usage);
              if (document.until.isBefore(until[0])) until[0] = document.until;
              return document.document;
            },
            false);
    draft.add(context);
    return draft;
  }

  private Compiled compile(Value context) {
    var until = new Instant[] {clock.instant().plusSeconds(3600)};
    var usages = new ArrayList<Usage>();
    var draft = draft(context, until, usages);
    var source = withCore(context);
    var link =
        context instanceof Value.Text(var named)
            ? named
            : draft.terms().isEmpty() && draft.vocab() == null
                ? CORE
                : source instanceof Value.Items(var items)
                        && items.size() == 2
                        && items.getFirst() instanceof Value.Text(var url)
                    ? url
                    : implicitLink.apply(source);
    return new Compiled(
        new Context(Core.TERMS, Map.copyOf(draft.terms()), draft.vocab(), source, link),
        until[0],
        List.copyOf(usages));
  }

  /// The core context goes last, once.
  private static Value withCore(Value context) {
    var parts = new ArrayList<Value>();
    var last = Value.of(CORE);
    for (var part : context instanceof Value.Items(var items) ? items : List.of(context))
      if (part instanceof Value.Text(var url) && Core.isCore(url)) last = part;
      else parts.add(part);
    parts.add(last);
    return parts.size() == 1 ? parts.getFirst() : new Value.Items(parts);
  }

  private Found document(String url) {
    var now = clock.instant();
    var own = hosted.apply(url);
    if (own.isPresent()) {
      var usage = ownUsage(url);
      usage.hit(now);
      return new Found(own.get(), now.plusSeconds(60), usage);
    }
    var known = documents.get(url);
    if (known != null && known.expiresAt().isAfter(now)) {
      known.usage().hit(now);
      return new Found(known.document(), known.expiresAt(), known.usage());
    }
    var found = fetch(url, new Usage());
    if (documents.size() >= DOCUMENTS_KEPT) documents.clear();
    documents.put(url, keep(url, found));
    return found;
  }

  private CachedContext keep(String url, Found found) {
    return new CachedContext(url, found.document, clock.instant(), found.until, found.usage);
  }

  private Found fetch(String url, Usage usage) {
    var fetched = fetcher.fetch(checked(url));
    try {
      // Contexts of well-known tutorials define terms twice.
      var document = Json.parsePublished(fetched.body());
      return new Found(document, clock.instant().plus(fetched.maxAge()), usage);
    } catch (Refusal refusal) {
      throw new Refusal.Invalid("the @context at " + url + " is broken: " + refusal.getMessage());
    }
  }

  private static URI checked(String url) {
    try {
      var uri = new URI(url);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) return uri;
    } catch (URISyntaxException e) {
      // Said below, in the same words.
    }
    throw new Refusal.Invalid(
        "a @context must be named by an http or https URL, not '" + url + "'");
  }
}
