package plaza.ngsild.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.CachedContext;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.context.HostedContexts.Hosted;
import plaza.ngsild.context.Usage;
import plaza.web.Right;
import plaza.web.Routes;

/// Hosting of contexts: `/jsonldContexts` (clauses 5.13, 6.29, 6.30).
final class ContextRoutes {
  private static final String PATH = NgsiLdFace.BASE + "/jsonldContexts";

  private static final String CACHED = "Cached";

  private final Desk desk;
  private final HostedContexts hosted;

  ContextRoutes(Desk desk, HostedContexts hosted) {
    this.desk = desk;
    this.hosted = hosted;
  }

  void addTo(Routes routes) {
    routes.post(PATH, Right.anyone(), desk.handler(this::add));
    routes.get(PATH, Right.anyone(), desk.handler(this::list));
    routes.get(PATH + "/{id}", Right.anyone(), desk.handler(this::serve));
    routes.delete(PATH + "/{id}", Right.anyone(), desk.handler(this::delete));
  }

  private void add(Call call) {
    requireWriter(call);
    call.requireLength();
    if (!Set.of("application/json", "application/ld+json").contains(call.exchange().contentType()))
      throw new Call.Unsupported();
    Value body;
    try {
      body = call.exchange().json();
    } catch (Refusal.Invalid broken) {
      throw new Problem(Problem.Type.INVALID_REQUEST, String.valueOf(broken.getMessage()));
    }
    var context = body instanceof Value.Struct(var members) ? members.get("@context") : null;
    if (context == null || context instanceof Value.Null)
      throw new Refusal.Invalid("the body must be a JSON object with the member @context");
    // Compiled once now, so that what cannot be used is refused when it is added.
    desk.contexts.check(context);
    // What stands beside it is discarded (clause 5.13.2.3).
    var alone = new Value.Struct(java.util.Map.of("@context", context));
    var id = hosted.add(call.actor(), call.writeAddress(), alone);
    call.exchange().setHeader("Location", PATH + "/" + id).send(201);
  }

  private void list(Call call) {
    call.allow(Set.of("details", "kind"));
    boolean details = call.flag("details");
    var kind = call.get("kind");
    if (kind != null && !Set.of("Hosted", "ImplicitlyCreated", CACHED).contains(kind))
      throw new Refusal.Invalid("kind must be Hosted, Cached or ImplicitlyCreated, not " + kind);
    call.answer(
        200,
        call.accepted(),
        out -> {
          out.startArray();
          for (var one : hosted.list()) {
            if (kind != null && !kind.equals(one.kind().label)) continue;
            if (details) out.value(details(call, one));
            else out.text(url(call, one));
          }
          if (kind == null || kind.equals(CACHED))
            for (var one : desk.contexts.cached()) {
              if (details) out.value(details(one));
              else out.text(one.url());
            }
          out.endArray();
        });
  }

  private void serve(Call call) {
    call.allow(Set.of("details"));
    var id = call.exchange().parameter("id");
    boolean details = call.flag("details");
    var media = call.accepted().type;
    var own = hosted.find(id);
    if (own.isPresent()) {
      var shown = details ? details(call, own.get()) : own.get().document();
      call.exchange().send(200, media, Json.bytes(shown));
      return;
    }
    var cached = cached(id);
    if (!details)
      throw new Refusal.Unsupported(
          "the context "
              + id
              + " is kept for this server's own use; fetch it from "
              + cached.url());
    call.exchange().send(200, media, Json.bytes(details(cached)));
  }

  private CachedContext cached(String id) {
    return desk.contexts
        .findCached(id)
        .orElseThrow(() -> new Refusal.NotFound("there is no context " + id));
  }

  /// Clause 5.13.5.
  private void delete(Call call) {
    call.allow(Set.of("reload"));
    requireWriter(call);
    var id = call.exchange().parameter("id");
    boolean reload = call.flag("reload");
    if (hosted.find(id).isPresent()) {
      if (reload)
        throw new Refusal.Invalid(
            "the context " + id + " is served from here; only a Cached one can be reloaded");
      hosted.delete(call.actor(), call.writeAddress(), id);
      desk.contexts.forget(url(call, id));
    } else if (reload) desk.contexts.reload(cached(id));
    else desk.contexts.forget(cached(id).url());
    call.exchange().send(204);
  }

  /// Contexts belong to no entity, so that the ledger asks no right for them: whoever may write
  /// nothing at all may not host one either.
  private void requireWriter(Call call) {
    if (desk.mayWrite(call)) return;
    var sentence = "hosting a context needs the right to write";
    throw call.exchange().caller().isAnonymous()
        ? new Refusal.Unauthenticated(sentence + "; sign in or send a key as X-API-Key")
        : new Refusal.Forbidden(sentence);
  }

  private Value details(Call call, Hosted one) {
    var url = url(call, one);
    return details(
        url, one.id(), one.kind().label, one.createdAt(), null, desk.contexts.ownUsage(url));
  }

  private static Value details(CachedContext one) {
    return details(one.url(), one.localId(), CACHED, one.createdAt(), one.expiresAt(), one.usage());
  }

  /// Clause 5.13.3.5.
  private static Value details(
      String url,
      String localId,
      String kind,
      Instant createdAt,
      @Nullable Instant expiresAt,
      Usage usage) {
    var members = new LinkedHashMap<String, Value>();
    members.put("URL", Value.of(url));
    members.put("localId", Value.of(localId));
    members.put("kind", Value.of(kind));
    members.put("createdAt", Value.of(createdAt.toString()));
    if (expiresAt != null) members.put("expiresAt", Value.of(expiresAt.toString()));
    var last = usage.last();
    if (last != null) members.put("lastUsage", Value.of(last.toString()));
    members.put("numberOfHits", Value.of(usage.hits()));
    return new Value.Struct(members);
  }

  private static String url(Call call, Hosted one) {
    return url(call, one.id());
  }

  private static String url(Call call, String id) {
    return call.exchange().origin() + PATH + "/" + id;
  }
}
