package plaza.portal.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plaza.graph.Refusal;
import plaza.portal.form.Field;
import plaza.portal.form.Filled;
import plaza.portal.form.Reading;
import plaza.portal.form.Start;
import plaza.portal.form.Written;
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
    form(exchange, collection, forId, Told.NOTHING);
  }

  private List<Field> fields(Visitor visitor, Catalogue.Opening opening, String forId) {
    var organisation = visitor.standing().organisations().stream().sorted().findFirst().orElse("");
    return steps.catalogue().fieldsOf(opening, Map.of("for", forId, "organisation", organisation));
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

  private void form(Exchange exchange, Collection collection, String forId, Told told) {
    var opening = opening(collection, forId);
    var visitor = steps.visitor(exchange);
    var fields = fields(visitor, opening, forId);
    var choices = steps.choices(visitor.caller());
    var written =
        told.equals(Told.NOTHING) ? Start.of(fields, choices, steps.zone()) : told.written();
    var chosen = new TreeMap<String, List<String>>();
    if (visitor.opens(opening))
      for (var of : Filled.chosen(fields)) chosen.put(of, choices.names(of));
    var model = new HashMap<String, Object>();
    model.put("collection", collection);
    model.put("forId", forId);
    model.put("inputs", Filled.of(fields, written.carriedOut(), told.beside(), written.added()));
    model.put("told", told);
    model.put("choices", chosen);
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
    var written = new Written(form);
    var visitor = steps.visitor(exchange);
    var forId = Optional.ofNullable(form.get(FOR)).filter(Fact::isId).orElse("");
    if (written.isUnfinished()) {
      form(exchange, collection, forId, Told.unfinished("open", written));
      return;
    }
    var fields = fields(visitor, opening(collection, forId), forId);
    var reading = new Reading(steps.choices(visitor.caller()), steps.zone());
    var body = reading.all(fields, written);
    if (!reading.faults().isEmpty()) {
      form(exchange, collection, forId, Told.unread("open", written, reading.faults()));
      return;
    }
    try {
      var opened = steps.open(visitor, collection, body);
      exchange.redirect(collection.path(opened.record().id()));
    } catch (Refusal.Invalid
        | Refusal.Forbidden
        | Refusal.NotFound
        | Refusal.Conflict
        | Refusal.Unmet refusal) {
      form(exchange, collection, forId, Told.refused("open", refusal, written, fields));
    }
  }
}
