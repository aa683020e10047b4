package plaza.ngsild.distribute;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.source.Registration;
import plaza.ngsild.source.Registry;
import plaza.ngsild.source.Source;

/// Sends requests to registered sources as each wants to be treated (clauses 4.3.6.5, 4.3.6.6,
/// 5.2.34), and keeps count of how they do.
public final class Sources {
  private static final int ENDPOINTS_REMEMBERED = 10_000;

  private final Registry registry;
  private final SourceClient client;
  private final Contexts contexts;
  private final SourceLimits limits;
  private final AnswerCache cache;
  private final Map<Place, Failure> failures = new ConcurrentHashMap<>();

  /// Where failures happen: several registrations may share it.
  private record Place(URI endpoint, @Nullable String tenant) {
    static Place of(Source source) {
      return new Place(source.endpoint(), source.tenant());
    }
  }

  /// The last thing that went wrong there.
  ///
  /// @param at by `System.nanoTime`
  /// @param by the registration that was being followed; when it is gone or changed, the failure is
  ///   forgotten
  private record Failure(long at, Registration by) {}

  /// An answer and the names it was asked for with.
  record Reply(Registration registration, Dialect dialect, SourceAnswer answer) {}

  public Sources(Registry registry, SourceClient client, Contexts contexts, SourceLimits limits) {
    this.registry = registry;
    this.client = client;
    this.contexts = contexts;
    this.limits = limits;
    this.cache = new AnswerCache(limits.cachedAnswers());
  }

  public Registry registry() {
    return registry;
  }

  Contexts contexts() {
    return contexts;
  }

  SourceLimits limits() {
    return limits;
  }

  /// Asks one source and waits. Never throws for what a source or its registration does wrong.
  Reply ask(Passage passage, Registration registration, Function<Dialect, SourceRequest> wording) {
    Dialect dialect;
    try {
      dialect = Dialect.of(registration.source(), passage.context(), contexts);
    } catch (ContextUnavailable | Refusal e) {
      return failed(
          passage,
          registration,
          new Dialect(contexts.core(), null, false),
          SourceAnswer.Cause.UNREACHED,
          String.valueOf(e.getMessage()));
    }
    try {
      return ask(passage, registration, dialect, wording.apply(dialect));
    } catch (Refusal e) {
      return failed(
          passage,
          registration,
          dialect,
          SourceAnswer.Cause.UNREACHED,
          String.valueOf(e.getMessage()));
    }
  }

  /// Whether an inquiry's filters can be said in a source's names.
  boolean understands(Inquiry inquiry, Registration registration) {
    var context = inquiry.passage().context();
    if (inquiry.written().isEmpty() || Dialect.isOwn(registration.source(), context)) return true;
    try {
      var dialect = Dialect.of(registration.source(), context, contexts);
      return new Wording(dialect).filters(inquiry) != null;
    } catch (ContextUnavailable | Refusal e) {
      return false;
    }
  }

  private Reply failed(
      Passage passage,
      Registration registration,
      Dialect dialect,
      SourceAnswer.Cause cause,
      String reason) {
    registry.sent(passage.tenant(), registration, false);
    return new Reply(registration, dialect, new SourceAnswer.Failed(cause, reason));
  }

  private Reply ask(
      Passage passage, Registration registration, Dialect dialect, SourceRequest given) {
    var source = registration.source();
    // Of a subscription its document says so (clauses 5.2.12, 6.3.18).
    var request =
        source.management().localOnly() && !given.path().startsWith("/subscriptions")
            ? given.with("local", "true")
            : given;
    var uri = request.at(source.endpoint());
    var body = request.body() == null ? null : Payload.of(request.body(), source, dialect, passage);
    var headers = new SourceHeaders(passage, source, dialect).of(body);
    if (request.map() != null) headers.put(EntityMapping.HEADER, request.map());
    var key = cacheKey(registration, request, uri, headers);
    if (key != null) {
      var known = cache.find(key);
      if (known != null) return new Reply(registration, dialect, known.again());
    }
    var place = Place.of(source);
    if (isResting(passage, source, place))
      return failed(
          passage,
          registration,
          dialect,
          SourceAnswer.Cause.LATE,
          "it failed a moment ago and is left alone for its cooldown");
    var answer =
        client.send(
            request.method(), uri, headers, body == null ? null : body.bytes(), timeout(source));
    account(passage, registration, place, answer);
    if (key != null && answer instanceof SourceAnswer.Answered fresh && fresh.isFine())
      cache.put(key, fresh, source.management().cacheDuration());
    return new Reply(registration, dialect, answer);
  }

  /// Whether the endpoint failed less than the registration's own cooldown ago (clause 5.2.34),
  /// whichever registration led there.
  @SuppressWarnings("ReferenceEquality") // a registration that was changed since is another
  private boolean isResting(Passage passage, Source source, Place place) {
    var failure = failures.get(place);
    if (failure == null) return false;
    var own = source.management().cooldown();
    var cooldown = own == null ? limits.cooldown() : own;
    if (System.nanoTime() - failure.at >= cooldown.toNanos()) return false;
    var by = registry.find(passage.tenant(), failure.by.id());
    if (by.isPresent() && by.get() == failure.by) return true;
    failures.remove(place, failure);
    return false;
  }

  private Duration timeout(Source source) {
    var wanted = source.management().timeout();
    if (wanted == null) return limits.timeout();
    return wanted.compareTo(limits.longestTimeout()) > 0 ? limits.longestTimeout() : wanted;
  }

  /// Clause 6.3.17: a source that has failed is left alone for a while.
  private void account(
      Passage passage, Registration registration, Place place, SourceAnswer answer) {
    boolean fine = answer instanceof SourceAnswer.Answered answered && answered.isFine();
    registry.sent(passage.tenant(), registration, fine);
    // That it refuses or does not know something is no reason to leave it alone.
    boolean down =
        answer instanceof SourceAnswer.Failed
            || (answer instanceof SourceAnswer.Answered answered && answered.status() / 100 == 5);
    if (!down) failures.remove(place);
    else {
      if (failures.size() > ENDPOINTS_REMEMBERED) failures.clear();
      failures.put(place, new Failure(System.nanoTime(), registration));
    }
  }

  private static @Nullable String cacheKey(
      Registration registration, SourceRequest request, URI uri, Map<String, String> headers) {
    if (registration.source().management().cacheDuration() == null
        || !request.method().equals("GET")
        || !request.path().startsWith("/entities")) return null;
    // What was asked with one caller's credentials is not for another.
    var others = new LinkedHashMap<>(headers);
    others.remove("Via");
    return registration.id() + " " + uri + " " + others;
  }

  /// A body as it goes out, in the form the source wants.
  record Payload(Value document, boolean carriesContext) {
    byte[] bytes() {
      return Json.bytes(document);
    }

    static Payload of(Value given, Source source, Dialect dialect, Passage passage) {
      var version = source.info("ngsildConformance");
      var body = version.isPresent() ? OlderWords.of(given, version.get()) : given;
      var wanted = source.info("contentType").orElse("");
      // The caller's context may be one that nobody else can fetch: then it goes along.
      boolean carried = !dialect.own() && source.info("jsonldContext").isEmpty();
      if (carried && wanted.equals("application/json"))
        return new Payload(Renaming.of(body, passage.context(), dialect), false);
      if (carried) return new Payload(carrying(body, passage.context().source()), true);
      var named = dialect.own() ? body : Renaming.of(body, passage.context(), dialect);
      return wanted.equals("application/ld+json") && source.info("jsonldContext").isEmpty()
          ? new Payload(carrying(named, dialect.context().source()), true)
          : new Payload(named, false);
    }

    private static Value carrying(Value body, Value context) {
      return switch (body) {
        case Value.Struct(var members) -> {
          var with = new LinkedHashMap<>(members);
          with.putIfAbsent("@context", context);
          yield new Value.Struct(with);
        }
        case Value.Items(var items) ->
            new Value.Items(items.stream().map(item -> carrying(item, context)).toList());
        default -> body;
      };
    }
  }
}
