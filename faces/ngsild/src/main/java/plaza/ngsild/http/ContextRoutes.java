package plaza.ngsild.http;

import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.context.HostedContexts;
import plaza.ngsild.context.HostedContexts.Hosted;
import plaza.web.Right;
import plaza.web.Routes;

/// Hosting of contexts: `/jsonldContexts` (clauses 5.13, 6.29, 6.30).
final class ContextRoutes {
  private static final String PATH = NgsiLdFace.BASE + "/jsonldContexts";

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
    if (!Set.of("application/json", "application/ld+json").contains(call.exchange().contentType()))
      throw new Call.Unsupported();
    Value body;
    try {
      body = call.exchange().json();
    } catch (Refusal.Invalid broken) {
      throw new Problem(Problem.Type.INVALID_REQUEST, String.valueOf(broken.getMessage()));
    }
    if (!(body instanceof Value.Struct document) || !document.members().containsKey("@context"))
      throw new Refusal.Invalid("the body must be a JSON object with the member @context");
    // Compiled once now, so that what cannot be used is refused when it is added.
    desk.contexts.of(java.util.Objects.requireNonNull(document.members().get("@context")));
    var id = hosted.add(call.actor(), call.writeAddress(), document);
    call.exchange().setHeader("Location", PATH + "/" + id).send(201);
  }

  private void list(Call call) {
    call.allow(Set.of("details", "kind"));
    boolean details = call.flag("details");
    var kind = call.get("kind");
    if (kind != null && !Set.of("Hosted", "ImplicitlyCreated", "Cached").contains(kind))
      throw new Refusal.Invalid("kind must be Hosted, Cached or ImplicitlyCreated, not " + kind);
    call.answer(
        200,
        Media.JSON,
        out -> {
          out.startArray();
          for (var one : hosted.list()) {
            if (kind != null && !kind.equals(one.kind().label)) continue;
            if (details) out.value(details(call, one));
            else out.text(url(call, one));
          }
          out.endArray();
        });
  }

  private void serve(Call call) {
    call.allow(Set.of("details"));
    var one =
        hosted
            .find(call.exchange().parameter("id"))
            .orElseThrow(() ->
                new Refusal.NotFound("there is no context " + call.exchange().parameter("id")));
    if (call.flag("details"))
      call.exchange().send(200, Media.JSON.type, Json.bytes(details(call, one)));
    else call.exchange().send(200, Media.LD_JSON.type, Json.bytes(one.document()));
  }

  private void delete(Call call) {
    requireWriter(call);
    var id = call.exchange().parameter("id");
    hosted.delete(call.actor(), call.writeAddress(), id);
    desk.contexts.forget(url(call, id));
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

  private static Value details(Call call, Hosted one) {
    return new Value.Struct(
        java.util.Map.of(
            "URL",
            Value.of(url(call, one)),
            "localId",
            Value.of(one.id()),
            "kind",
            Value.of(one.kind().label),
            "timestamp",
            Value.of(one.createdAt().toString())));
  }

  private static String url(Call call, Hosted one) {
    return url(call, one.id());
  }

  private static String url(Call call, String id) {
    return call.exchange().origin() + PATH + "/" + id;
  }
}
