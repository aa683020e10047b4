package plaza.portal.record;

import java.util.HashMap;
import java.util.List;
import plaza.graph.Refusal;
import plaza.json.Json;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Opening a record: its JSON, begun from a template.
public final class OpeningPages {
  private final Pages pages;
  private final Steps steps;

  public OpeningPages(Pages pages, Steps steps) {
    this.pages = pages;
    this.steps = steps;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/records/{collection}/new", Right.known(), this::form)
        .post("/records/{collection}", Right.known(), this::open);
  }

  private void form(Exchange exchange) {
    var collection = RecordPages.collection(exchange);
    var visitor = steps.visitor(exchange);
    var template =
        Json.text(opening(collection, exchange.query("for").orElse("")).template())
            .replace("{for}", exchange.query("for").filter(Fact::isId).orElse(""))
            .replace(
                "{organisation}",
                visitor.standing().organisations().stream().sorted().findFirst().orElse(""));
    form(exchange, collection, FormJson.text(Json.parse(template)), Told.NOTHING);
  }

  private Catalogue.Opening opening(Collection collection) {
    return opening(collection, "");
  }

  /// @param forId the record from whose page it is opened: a pilot's grant is not a service's
  private Catalogue.Opening opening(Collection collection, String forId) {
    var all =
        steps.catalogue().openings().stream()
            .filter(one -> one.collection() == collection)
            .toList();
    return all.stream()
        .filter(one -> forId.startsWith("urn:ngsi-ld:" + one.from() + ":"))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .orElseThrow(
            () -> new Refusal.NotFound(collection.many() + " are not opened with a form here"));
  }

  private void form(Exchange exchange, Collection collection, String written, Told told) {
    var label = opening(collection).label();
    var model = new HashMap<String, Object>();
    model.put("collection", collection);
    model.put("written", written);
    model.put("told", told);
    model.put("me", exchange.caller().actor().id());
    boolean opens = steps.visitor(exchange).opens(opening(collection));
    model.put("organisations", opens ? steps.organisations() : List.of());
    pages.show(
        exchange,
        told.status(),
        Page.of(label, label, "programme").ofProgramme(),
        "recordform",
        model);
  }

  private void open(Exchange exchange) {
    var collection = RecordPages.collection(exchange);
    var form = Forms.ofOurs(exchange);
    try {
      var opened = steps.open(steps.visitor(exchange), collection, form);
      exchange.redirect(collection.path(opened.record().id()));
    } catch (Refusal.Invalid
        | Refusal.Forbidden
        | Refusal.NotFound
        | Refusal.Conflict
        | Refusal.Unmet refusal) {
      var written = form.getOrDefault(Field.WHOLE, "");
      form(exchange, collection, written, Told.refused("open", refusal, form));
    }
  }
}
