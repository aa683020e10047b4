package plaza.portal.about;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.links.LinkDesk;
import plaza.links.LinkStatus;
import plaza.links.inbox.DeadLetter;
import plaza.portal.city.City;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The page about the data.
public final class AboutPages {
  private static final int LETTERS = 10;

  private final Pages pages;
  private final City city;
  private final LinkDesk links;
  private final Times times;

  public AboutPages(Pages pages, City city, LinkDesk links, Times times) {
    this.pages = pages;
    this.city = city;
    this.links = links;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes.get("/about-data", Right.anyone(), this::show);
  }

  /// How many entities of a type there are.
  public record Counted(String name, String type, long entities) {}

  /// A link with the first of what it could not read.
  public record Island(LinkStatus status, List<DeadLetter> letters) {}

  private void show(Exchange exchange) {
    var model = new HashMap<String, Object>();
    model.put("counted", counted(exchange));
    model.put("islands", islands(exchange));
    model.put("times", times);
    pages.show(
        exchange,
        Page.of("About the data", "Sources, licences, what was read and what was kept aside.", "")
            .ofProgramme(),
        "aboutdata",
        model);
  }

  private List<Counted> counted(Exchange exchange) {
    var actor = exchange.caller().actor();
    var counted = new ArrayList<Counted>();
    try {
      for (var type : city.reader().types(actor, city.address()))
        if (!type.startsWith(Names.PLAZA))
          counted.add(
              new Counted(
                  Plain.local(type),
                  type,
                  city.reader()
                      .query(actor, city.address(), Query.type(type), 0, 0, true)
                      .total()));
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      return List.of();
    }
    return counted;
  }

  /// What a dead letter holds may be anything, so letters are shown only where all data are open.
  private List<Island> islands(Exchange exchange) {
    boolean open = isOpen(exchange);
    var islands = new ArrayList<Island>();
    for (var status : links.list())
      islands.add(
          new Island(
              status,
              open ? links.deadLetters(status.definition().name(), 0, LETTERS) : List.of()));
    return islands;
  }

  private boolean isOpen(Exchange exchange) {
    try {
      return city.isOpenTo(exchange.caller().actor());
    } catch (Refusal.Unauthenticated | Refusal.Forbidden notOpen) {
      return false;
    }
  }
}
