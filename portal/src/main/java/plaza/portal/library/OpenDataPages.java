package plaza.portal.library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Collection;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.Publications;
import plaza.programme.publication.dataset.Catalogue;
import plaza.programme.record.Canonical;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// What the city publishes of its programme, and the audit trail of each challenge.
public final class OpenDataPages {
  private static final int STANDARDS = 4;
  private static final int MOST_LINKS = 5_000;
  private final Pages pages;
  private final Programme programme;
  private final Publications publications;
  private final Visitors visitors;
  private final Times times;

  public OpenDataPages(
      Pages pages, Programme programme, Publications publications, Visitors visitors, Times times) {
    this.pages = pages;
    this.programme = programme;
    this.publications = publications;
    this.visitors = visitors;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/open-data", Right.anyone(), this::openData)
        .get("/records/challenges/{id}/audit", Right.anyone(), this::audit);
  }

  private void openData(Exchange exchange) {
    var entries = Catalogue.of(publications.datasets(Address.DEFAULT));
    var model = new HashMap<String, Object>();
    model.put("standards", entries.subList(0, STANDARDS));
    model.put("datasets", entries.subList(STANDARDS, entries.size()));
    model.put("updated", publications.updated(Address.DEFAULT).map(times::moment).orElse(""));
    pages.show(
        exchange,
        Page.of("Open data", "Everything the programme accounts for, to download and to check.", "")
            .ofProgramme(),
        "opendata",
        model);
  }

  /// One link of the chain as the page shows it.
  ///
  /// @param holds whether it hashes to what it says; empty of links from before that could be
  ///   checked
  public record Link(
      String number,
      String at,
      String what,
      String record,
      String href,
      String step,
      String role,
      String hash,
      String holds) {}

  private void audit(Exchange exchange) {
    var id = Visitors.id(Kind.CHALLENGE, exchange.parameter("id"));
    var challenge = new Seen(programme.view(visitors.caller(exchange), Kind.CHALLENGE, id));
    var links = new ArrayList<Link>();
    publications
        .chain(Address.DEFAULT)
        .eachOf(
            id,
            row -> {
              if (links.size() < MOST_LINKS) links.add(link(row));
            });
    var model = new HashMap<String, Object>();
    model.put("challenge", challenge);
    model.put("href", Collection.CHALLENGES.path(id));
    model.put("links", links);
    model.put("broken", links.stream().filter(link -> link.holds().equals("no")).toList().size());
    pages.show(
        exchange,
        Page.of(
                "Audit: " + challenge.text("title"),
                "Every step of this challenge and all that came of it, each sealed by the next.",
                "programme")
            .ofProgramme(),
        "audit",
        model);
  }

  private Link link(Map<String, Value> row) {
    var seen = new Seen(new Value.Struct(row));
    var subject = seen.text("subject");
    var kind = seen.text("kind");
    var moved = seen.text("from").equals(seen.text("to"));
    return new Link(
        String.valueOf(seen.count("number")),
        times.moment(java.time.Instant.parse(seen.text("at"))),
        Plain.step(kind, seen.text("action")),
        Kind.find(kind).flatMap(Collection::of).map(Collection::one).orElse(kind),
        Collection.href(subject).orElse(""),
        moved ? "" : seen.text("from") + " → " + seen.text("to"),
        Plain.role(seen.text("role")),
        seen.text("hash"),
        holds(row));
  }

  /// Recomputed here and now, with what anybody has.
  private static String holds(Map<String, Value> row) {
    if (!row.containsKey("detailsHash")) return "";
    var facts = new TreeMap<>(row);
    var hash = facts.remove("hash");
    var previous = facts.remove("previous");
    if (!(previous instanceof Value.Text(var before))) return "no";
    var recomputed = Canonical.hash(before + "\n" + Json.text(new Value.Struct(facts)));
    return Optional.of(Value.of(recomputed)).filter(is -> is.equals(hash)).isPresent()
        ? "yes"
        : "no";
  }
}
