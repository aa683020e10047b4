package plaza.ngsild.context;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
  private final Map<String, Kept<Value>> documents = new ConcurrentHashMap<>();
  private final Map<Value, Kept<Context>> compiled = new ConcurrentHashMap<>();
  private final Context core;
  private final Map<String, Context> cores = new ConcurrentHashMap<>();

  private record Kept<T>(T what, Instant until) {}

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
    if (known != null && known.until.isAfter(clock.instant())) return known.what;
    var fresh = compile(context);
    if (compiled.size() >= COMPILED_KEPT) compiled.clear();
    compiled.put(context, fresh);
    return fresh.what;
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
        if (document(url).what instanceof Value.Struct(var members)
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

  private Kept<Context> compile(Value context) {
    var until = new Instant[] {clock.instant().plusSeconds(3600)};
    var fetches = new int[1];
    var draft =
        new ContextDraft(
            url -> {
              if (++fetches[0] > FETCHES_PER_CONTEXT)
                throw new Refusal.Invalid(
                    "the @context refers to more than " + FETCHES_PER_CONTEXT + " others");
              var document = document(url);
              if (document.until.isBefore(until[0])) until[0] = document.until;
              return document.what;
            },
            false);
    draft.add(context);
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
    return new Kept<>(
        new Context(Core.TERMS, Map.copyOf(draft.terms()), draft.vocab(), source, link), until[0]);
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

  private Kept<Value> document(String url) {
    var own = hosted.apply(url);
    if (own.isPresent()) return new Kept<>(own.get(), clock.instant().plusSeconds(60));
    var known = documents.get(url);
    if (known != null && known.until.isAfter(clock.instant())) return known;
    var fetched = fetcher.fetch(checked(url));
    @Nullable Value body;
    try {
      body = Json.parse(fetched.body());
    } catch (Refusal refusal) {
      throw new Refusal.Invalid("the @context at " + url + " is broken: " + refusal.getMessage());
    }
    var kept = new Kept<>(body, clock.instant().plus(fetched.maxAge()));
    if (documents.size() >= DOCUMENTS_KEPT) documents.clear();
    documents.put(url, kept);
    return kept;
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
