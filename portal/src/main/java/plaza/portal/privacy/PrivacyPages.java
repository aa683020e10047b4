package plaza.portal.privacy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.privacy.Privacy;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The register of processing as a page, with one's own data to take along and to erase. Works for
/// who is signed in and for the browser that holds a token.
public final class PrivacyPages {
  private final Pages pages;
  private final Privacy privacy;
  private final Visitors visitors;

  public PrivacyPages(Pages pages, Privacy privacy, Visitors visitors) {
    this.pages = pages;
    this.privacy = privacy;
    this.visitors = visitors;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/privacy", Right.anyone(), e -> show(e, 200, ""))
        .get("/privacy/my-data.json", Right.anyone(), this::take)
        .post("/privacy/erase", Right.anyone(), this::erase);
  }

  /// What is kept in the records of one kind.
  public record Group(String record, List<Kept> rows) {}

  public record Kept(
      String what, String purpose, String legalBasis, String keptFor, String onErasure) {}

  private void show(Exchange exchange, int status, String trouble) {
    var register = new Seen(privacy.register().toValue());
    var groups = new LinkedHashMap<String, List<Kept>>();
    for (var row : register.parts("rows"))
      groups
          .computeIfAbsent(row.text("record"), _ -> new java.util.ArrayList<>())
          .add(
              new Kept(
                  row.text("what"),
                  row.text("purpose"),
                  row.text("legalBasis"),
                  row.text("keptFor"),
                  row.text("onErasure")));
    pages.show(
        exchange,
        status,
        Page.of("Personal data", "What is kept of people, what for and how long.", "privacy")
            .ofProgramme(),
        "privacy",
        Map.of(
            "controller",
            register.text("controller"),
            "groups",
            groups.entrySet().stream()
                .map(group -> new Group(Plain.words(group.getKey()), group.getValue()))
                .toList(),
            "known",
            visitors.caller(exchange).personKey() != null,
            "done",
            exchange.query("done").isPresent(),
            "trouble",
            trouble));
  }

  private void take(Exchange exchange) {
    var data = privacy.export(visitors.caller(exchange));
    exchange
        .setHeader("Cache-Control", "no-store")
        .setHeader("Content-Disposition", "attachment; filename=\"my-data.json\"")
        .send(200, "application/json", Json.bytes(data));
  }

  private void erase(Exchange exchange) {
    var form = Forms.ofOurs(exchange);
    try {
      privacy.erase(
          visitors.caller(exchange),
          new Value.Struct(
              Map.of(
                  "confirm", Value.of(form.containsKey("confirm")),
                  "texts", Value.of(form.containsKey("all") ? "all" : "names"))));
    } catch (Refusal.Invalid | Refusal.Conflict | Refusal.Unavailable refused) {
      show(exchange, 409, String.valueOf(refused.getMessage()));
      return;
    }
    exchange.setCookie(Exchange.SESSION_COOKIE, "", Duration.ZERO);
    visitors.forget(exchange);
    exchange.redirect("/privacy?done=1");
  }
}
