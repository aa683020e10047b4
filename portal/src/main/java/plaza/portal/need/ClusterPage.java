package plaza.portal.need;

import java.util.HashMap;
import java.util.List;
import plaza.graph.Value;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Steps;
import plaza.portal.record.Told;
import plaza.portal.story.Story;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.demand.SimilarNeeds;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// A cluster of needs: how many people stand behind all of them, each counted once, whose authors
/// objected, and which other needs would fit; and what the office has to see to.
public final class ClusterPage {
  private static final int MOST = 500;
  private static final int SUGGESTED = 10;
  private final Pages pages;
  private final Programme programme;
  private final Story story;
  private final Visitors visitors;
  private final Steps steps;
  private final Times times;

  public ClusterPage(
      Pages pages, Programme programme, Story story, Visitors visitors, Steps steps, Times times) {
    this.pages = pages;
    this.programme = programme;
    this.story = story;
    this.visitors = visitors;
    this.steps = steps;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/needs/clusters/{id}", Right.anyone(), e -> show(e, Told.NOTHING))
        .post("/needs/clusters/{id}/steps/{action}", Right.anyone(), this::step)
        .get("/needs/overdue", Right.anyone(), this::overdue)
        .get("/needs/moderation", Right.anyone(), this::moderation);
  }

  private void step(Exchange exchange) {
    var id = Visitors.id(Kind.NEED_CLUSTER, exchange.parameter("id"));
    var told = steps.take(exchange, Kind.NEED_CLUSTER, id);
    if (told.isDone()) exchange.redirect("/needs/clusters/" + exchange.parameter("id"));
    else show(exchange, told);
  }

  private void show(Exchange exchange, Told told) {
    var caller = visitors.caller(exchange);
    var id = Visitors.id(Kind.NEED_CLUSTER, exchange.parameter("id"));
    var cluster = new Seen(programme.view(caller, Kind.NEED_CLUSTER, id));
    var standing = programme.standing(caller);
    boolean decides =
        new Cluster(cluster).isOpen() && (standing.holds("moderator") || standing.holds("pmo"));
    var model = new HashMap<String, Object>();
    model.put("cluster", cluster);
    model.put("needs", needs(exchange, new Having("cluster", id)));
    model.put("objected", needs(exchange, new Having("objectedTo", id)));
    model.put("splits", cluster.state().equals("OPEN") && standing.holds("moderator"));
    model.put(
        "suggested",
        decides
            ? programme.clusters().suggestions(caller.address(), id, SUGGESTED)
            : List.<SimilarNeeds.Match>of());
    model.put("panel", steps.panel(exchange, Kind.NEED_CLUSTER, cluster, told));
    model.put("story", story.of(caller, List.of(id)));
    model.put("times", times);
    pages.show(
        exchange,
        told.status(),
        Page.of(cluster.text("title"), "Needs that belong together.", "needs").ofProgramme(),
        "cluster",
        model);
  }

  private List<Seen> needs(Exchange exchange, Having having) {
    return programme.list(visitors.caller(exchange), Kind.NEED, List.of(having), 0, MOST).stream()
        .map(Seen::new)
        .toList();
  }

  private void overdue(Exchange exchange) {
    var items = programme.demand().overdue().of(visitors.caller(exchange)).items();
    var model = new HashMap<String, Object>();
    model.put("overdue", seen(items));
    model.put("times", times);
    pages.show(
        exchange,
        Page.of("Overdue", "What should have been answered by now.", "programme").ofProgramme(),
        "overdue",
        model);
  }

  private void moderation(Exchange exchange) {
    var counts = programme.demand().moderation().counts(visitors.caller(exchange).address());
    var model = new HashMap<String, Object>();
    model.put("counts", seen(counts.items()));
    pages.show(
        exchange,
        Page.of("What is not published", "Needs rejected and hidden, and why.", "needs")
            .ofProgramme(),
        "moderation",
        model);
  }

  private static List<Seen> seen(List<Value> items) {
    return items.stream().map(item -> new Seen((Value.Struct) item)).toList();
  }
}
