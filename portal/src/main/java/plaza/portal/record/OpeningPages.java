package plaza.portal.record;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Opening a record: a form of fields, begun from a template.
public final class OpeningPages {
  /// The hidden field with the record from whose page another is opened.
  public static final String FOR = "_for";

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
    var forId = exchange.query("for").filter(Fact::isId).orElse("");
    var inputs = inputs(steps.visitor(exchange), opening(collection, forId), forId);
    form(exchange, collection, forId, inputs, Told.NOTHING);
  }

  private static List<Panel.Filled> inputs(
      Visitor visitor, Catalogue.Opening opening, String forId) {
    var organisation = visitor.standing().organisations().stream().sorted().findFirst().orElse("");
    var template =
        Json.text(opening.template())
            .replace("{for}", forId)
            .replace("{organisation}", organisation);
    return Blank.of((Value.Struct) Json.parse(template));
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

  private void form(
      Exchange exchange,
      Collection collection,
      String forId,
      List<Panel.Filled> inputs,
      Told told) {
    var opening = opening(collection, forId);
    var model = new HashMap<String, Object>();
    model.put("collection", collection);
    model.put("forId", forId);
    model.put("inputs", inputs);
    model.put("told", told);
    model.put("me", exchange.caller().actor().id());
    boolean opens = steps.visitor(exchange).opens(opening);
    model.put("organisations", opens ? steps.organisations() : List.of());
    pages.show(
        exchange,
        told.status(),
        Page.of(opening.label(), opening.label(), "programme").ofProgramme(),
        "recordform",
        model);
  }

  private void open(Exchange exchange) {
    var collection = RecordPages.collection(exchange);
    var form = Forms.ofOurs(exchange);
    var visitor = steps.visitor(exchange);
    var forId = Optional.ofNullable(form.get(FOR)).filter(Fact::isId).orElse("");
    var inputs = inputs(visitor, opening(collection, forId), forId);
    try {
      var opened = steps.open(visitor, collection, inputs, form);
      exchange.redirect(collection.path(opened.record().id()));
    } catch (Refusal.Invalid
        | Refusal.Forbidden
        | Refusal.NotFound
        | Refusal.Conflict
        | Refusal.Unmet refusal) {
      var told = Told.refused("open", refusal, form);
      form(exchange, collection, forId, Blank.again(inputs, form), told);
    }
  }
}
