package plaza.ngsild.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.JsonWriter;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.subscription.SubscriptionDesk;
import plaza.ngsild.subscription.SubscriptionView;
import plaza.web.Right;
import plaza.web.Routes;

/// Subscriptions: `/subscriptions`, `/subscriptions/{id}` (clauses 6.10, 6.11).
public final class SubscriptionFace {
  private static final String PATH = NgsiLdFace.BASE + "/subscriptions";
  private static final Set<String> OPTIONS = Set.of("sysAttrs");
  private static final long LARGEST_DOCUMENT = 1 << 20;
  private static final int LARGEST_PAGE = 1_000;

  private final Desk desk;
  private final SubscriptionDesk subscriptions;

  public SubscriptionFace(
      Ledger ledger,
      Reader reader,
      Policy policy,
      Contexts contexts,
      SubscriptionDesk subscriptions) {
    this.desk = new Desk(ledger, reader, contexts, policy);
    this.subscriptions = subscriptions;
  }

  public Routes routes() {
    return new Routes(NgsiLdFace.ERRORS, LARGEST_DOCUMENT)
        .post(PATH, Right.anyone(), desk.handler(this::create))
        .get(PATH, Right.anyone(), desk.handler(this::list))
        .get(PATH + "/{id}", Right.anyone(), desk.handler(this::retrieve))
        .patch(PATH + "/{id}", Right.anyone(), desk.handler(this::update))
        .delete(PATH + "/{id}", Right.anyone(), desk.handler(this::delete));
  }

  /// Clause 5.8.1.
  private void create(Call call) {
    call.allow(Set.of());
    var document = new Value.Struct(EntityParser.object(call.document()));
    var id =
        subscriptions.create(
            call.actor(), call.writeAddress(), document, call.context(), call.exchange().origin());
    call.exchange()
        .setHeader("Location", PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
        .send(201);
  }

  /// Clause 5.8.4.
  private void list(Call call) {
    call.allow(Set.of("limit", "offset", "count", "options"));
    boolean system = Options.options(call, OPTIONS).contains("sysAttrs");
    var media = call.accepted();
    var paging = Paging.of(call, LARGEST_PAGE);
    boolean counting = call.flag("count");
    if (paging.limit() == 0 && !counting)
      throw new Refusal.Invalid("limit=0 needs count=true beside it");
    var listed =
        subscriptions.list(
            call.actor(),
            desk.existing(call.writeAddress()),
            paging.offset(),
            paging.limit(),
            counting);
    if (counting) call.exchange().setHeader("NGSILD-Results-Count", Long.toString(listed.total()));
    paging.links(call, media, listed.more());
    call.answer(
        200,
        media,
        out -> {
          out.startArray();
          for (var one : listed.page()) write(one, call.context(), system, media, out);
          out.endArray();
        });
  }

  /// Clause 5.8.3.
  private void retrieve(Call call) {
    call.allow(Set.of("options"));
    boolean system = Options.options(call, OPTIONS).contains("sysAttrs");
    var media = call.accepted();
    var found = subscriptions.get(call.actor(), desk.existing(call.writeAddress()), call.id());
    call.answer(200, media, out -> write(found, call.context(), system, media, out));
  }

  private static void write(
      SubscriptionView view, Context context, boolean system, Media media, JsonWriter out) {
    out.startObject();
    view.show(context, system).members().forEach((name, value) -> out.name(name).value(value));
    if (media == Media.LD_JSON) out.name("@context").value(context.source());
    out.endObject();
  }

  /// Clause 5.8.2.
  private void update(Call call) {
    call.allow(Set.of());
    var fragment = new Value.Struct(EntityParser.object(call.document()));
    subscriptions.update(
        call.actor(), desk.existing(call.writeAddress()), call.id(), fragment, call.context());
    call.exchange().send(204);
  }

  /// Clause 5.8.5.
  private void delete(Call call) {
    call.allow(Set.of());
    subscriptions.delete(call.actor(), desk.existing(call.writeAddress()), call.id());
    call.exchange().send(204);
  }
}
