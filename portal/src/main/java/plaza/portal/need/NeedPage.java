package plaza.portal.need;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.city.City;
import plaza.portal.city.Nearby;
import plaza.portal.city.Sketch;
import plaza.portal.form.Written;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Panel;
import plaza.portal.record.Steps;
import plaza.portal.record.Told;
import plaza.portal.story.Story;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The page of one need: what was asked, who stands behind it, what was decided and answered, and
/// what the visitor can do about it.
public final class NeedPage {
  private final Pages pages;
  private final City city;
  private final Programme programme;
  private final Story story;
  private final Visitors visitors;
  private final Steps steps;
  private final Times times;
  private final Supplier<List<Panel.Named>> organisations;

  public NeedPage(
      Pages pages,
      City city,
      Programme programme,
      Story story,
      Visitors visitors,
      Steps steps,
      Times times,
      Supplier<List<Panel.Named>> organisations) {
    this.pages = pages;
    this.city = city;
    this.programme = programme;
    this.story = story;
    this.visitors = visitors;
    this.steps = steps;
    this.times = times;
    this.organisations = organisations;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/needs/{id}", Right.anyone(), this::show)
        .post("/needs/{id}/steps/{action}", Right.anyone(), this::step)
        .post("/needs/{id}/support", Right.anyone(), this::support)
        .post("/needs/{id}/withdraw-support", Right.anyone(), this::withdrawSupport)
        .post("/needs/{id}/appeal", Right.anyone(), e -> act(e, "appeal", this::appeal))
        .post("/needs/{id}/object", Right.anyone(), e -> act(e, "splitNeed", this::object))
        .post("/needs/{id}/cluster", Right.anyone(), e -> act(e, "addNeed", this::cluster));
  }

  private static String id(Exchange exchange) {
    return Visitors.id(Kind.NEED, exchange.parameter("id"));
  }

  private Seen need(Exchange exchange) {
    return new Seen(programme.view(visitors.caller(exchange), Kind.NEED, id(exchange)));
  }

  private void show(Exchange exchange) {
    var followed = exchange.query("token");
    if (followed.isPresent()) {
      // Out of the address at once: it would stay in the browser's history and in shared links.
      visitors.remember(exchange, followed.get());
      exchange.redirect(exchange.path());
      return;
    }
    var need = need(exchange);
    show(exchange, need, steps.panel(exchange, Kind.NEED, need));
  }

  private void step(Exchange exchange) {
    tell(exchange, steps.take(exchange, Kind.NEED, id(exchange)));
  }

  private void tell(Exchange exchange, Told told) {
    if (told.isDone()) {
      exchange.redirect("/needs/" + exchange.parameter("id") + "?done=" + told.action());
      return;
    }
    var need = need(exchange);
    show(exchange, need, steps.panel(exchange, Kind.NEED, need, told));
  }

  /// What a form of this page asks beside the need's own steps.
  @FunctionalInterface
  private interface Act {
    Outcome take(Exchange exchange, Map<String, String> form);
  }

  private void act(Exchange exchange, String action, Act act) {
    var form = Forms.ofOurs(exchange);
    Told told;
    try {
      told = Told.done(action, new Value.Struct(act.take(exchange, form).answers()));
    } catch (Refusal.Unauthenticated stranger) {
      throw stranger;
    } catch (Refusal refusal) {
      told = Told.refused(action, refusal, new Written(form));
    }
    tell(exchange, told);
  }

  private Outcome appeal(Exchange exchange, Map<String, String> form) {
    return programme.transition(
        visitors.caller(exchange),
        Kind.MODERATION_CASE,
        need(exchange).text("moderationCase"),
        "appeal",
        texts(form, "appeal"),
        null);
  }

  private Outcome object(Exchange exchange, Map<String, String> form) {
    var need = need(exchange);
    return inCluster(
        exchange, need.text("cluster"), "splitNeed", texts(form, "objection").members());
  }

  private Outcome cluster(Exchange exchange, Map<String, String> form) {
    return inCluster(exchange, form.getOrDefault("cluster", ""), "addNeed", Map.of());
  }

  private Outcome inCluster(
      Exchange exchange, String cluster, String action, Map<String, Value> more) {
    var input = new LinkedHashMap<>(more);
    input.put("need", Value.of(id(exchange)));
    return programme.transition(
        visitors.caller(exchange),
        Kind.NEED_CLUSTER,
        cluster,
        action,
        new Value.Struct(input),
        null);
  }

  /// What was written under a name; a field left blank is not sent.
  private static Value.Struct texts(Map<String, String> form, String name) {
    var text = form.getOrDefault(name, "").strip();
    return text.isEmpty() ? Value.Struct.EMPTY : new Value.Struct(Map.of(name, Value.of(text)));
  }

  private void show(Exchange exchange, Seen need, Panel panel) {
    var caller = visitors.caller(exchange);
    var pilots = pilots(exchange, need);
    var subjects = new ArrayList<>(List.of(need.id()));
    need.findText("challenge").ifPresent(subjects::add);
    pilots.forEach(pilot -> subjects.add(pilot.id()));
    var place = NeedPages.place(need);
    var actor = exchange.caller().actor();
    var model = new HashMap<String, Object>();
    model.put("need", need);
    model.put("mine", programme.needs().involvement(caller, need.id()));
    model.put("follows", programme.noticeBoard().follows(caller, need.id()));
    model.put("canFollow", caller.personKey() != null && isPublic(need));
    model.put("decision", decision(exchange, need));
    model.put("asks", name(need.text("originDepartment")));
    model.put("answers", name(need.text("department")));
    model.put("overdue", need.moment("answerDueAt").filter(programme.now()::isAfter).isPresent());
    model.put("readings", readings(exchange, need));
    model.put("contest", need.part("contest"));
    model.put("cluster", need.findText("cluster").flatMap(id -> cluster(exchange, id)));
    model.put("suggested", suggested(exchange, need));
    model.put("story", story.of(caller, subjects));
    model.put("pilots", pilots);
    model.put("alike", alike(exchange, need));
    model.put("nearby", place.map(one -> Nearby.of(city, actor, one)).orElse(Nearby.NOTHING));
    model.put(
        "sketch",
        Sketch.of(
            city,
            actor,
            place.filter(one -> one.getDimension() == 2).orElse(null),
            place.filter(one -> one.getDimension() == 0).map(NeedPages::middle).stream().toList()));
    model.put("times", times);
    model.put("followLink", followLink(exchange));
    model.put("panel", withoutOwnForms(panel));
    pages.show(
        exchange,
        panel.told().status(),
        Page.of(need.text("title"), "A need: " + need.text("title"), "needs")
            .with("stationchart", "copy")
            .ofProgramme(),
        "need",
        model);
  }

  private static boolean isPublic(Seen need) {
    return !Kind.NEED.isConcealed(need.state());
  }

  /// Contesting has a place of its own on the page, beside the answer.
  private static Panel withoutOwnForms(Panel panel) {
    var offers =
        panel.offers().stream().filter(offer -> !offer.action().equals("contest")).toList();
    return new Panel(offers, panel.links(), panel.told(), panel.choices());
  }

  /// What a moderator decided against the need, for its author and the office.
  private Optional<Seen> decision(Exchange exchange, Seen need) {
    return need.findText("moderationCase")
        .flatMap(id -> find(exchange, Kind.MODERATION_CASE, id))
        .filter(one -> !one.state().equals("SETTLED") || need.state().equals("REJECTED"));
  }

  private Optional<Seen> find(Exchange exchange, Kind kind, String id) {
    try {
      return Optional.of(new Seen(programme.view(visitors.caller(exchange), kind, id)));
    } catch (Refusal.NotFound gone) {
      return Optional.empty();
    }
  }

  private Optional<Cluster> cluster(Exchange exchange, String id) {
    return find(exchange, Kind.NEED_CLUSTER, id).map(Cluster::new);
  }

  /// Clusters that the need could be put in, for who may do it.
  private List<Cluster> suggested(Exchange exchange, Seen need) {
    var standing = programme.standing(visitors.caller(exchange));
    boolean decides = standing.holds("moderator") || standing.holds("pmo");
    if (!decides || need.findText("cluster").isPresent() || !isPublic(need)) return List.of();
    return need.texts("suggestedClusters").stream()
        .filter(id -> !need.texts("objectedTo").contains(id))
        .flatMap(id -> cluster(exchange, id).stream())
        .filter(Cluster::isOpen)
        .toList();
  }

  private List<Reading> readings(Exchange exchange, Seen need) {
    if (need.parts("series").isEmpty() || !isPublic(need)) return List.of();
    var told = programme.demand().series().of(visitors.caller(exchange), need.id());
    return Reading.all(told, times);
  }

  /// An organisation's name; empty when nobody is named.
  private String name(String organisation) {
    if (organisation.isEmpty()) return "";
    return organisations.get().stream()
        .filter(one -> one.id().equals(organisation))
        .map(Panel.Named::name)
        .findFirst()
        .orElse(organisation);
  }

  /// Shown once, right after the need was stated; empty otherwise and for who has an account.
  private String followLink(Exchange exchange) {
    if (!exchange.hasQuery("thanks") || !exchange.caller().isAnonymous()) return "";
    return visitors
        .token(exchange)
        .map(token -> exchange.origin() + exchange.path() + "?token=" + token)
        .orElse("");
  }

  /// Pilots that answer a need, by itself or through its challenge.
  private List<Seen> pilots(Exchange exchange, Seen need) {
    var caller = visitors.caller(exchange);
    var found = new LinkedHashMap<String, Seen>();
    var ways = new ArrayList<Having>();
    ways.add(new Having("needs", need.id()));
    need.findText("challenge").ifPresent(id -> ways.add(new Having("challenge", id)));
    need.findText("cluster")
        .flatMap(id -> find(exchange, Kind.NEED_CLUSTER, id))
        .flatMap(cluster -> cluster.findText("challenge"))
        .ifPresent(id -> ways.add(new Having("challenge", id)));
    for (var way : ways)
      for (var view : programme.list(caller, Kind.PILOT, List.of(way), 0, 10)) {
        var pilot = new Seen(view);
        found.put(pilot.id(), pilot);
      }
    return List.copyOf(found.values());
  }

  /// Needs of the same cluster.
  private List<Seen> alike(Exchange exchange, Seen need) {
    var cluster = need.findText("cluster");
    if (cluster.isEmpty()) return List.of();
    var caller = visitors.caller(exchange);
    return programme
        .list(caller, Kind.NEED, List.of(new Having("cluster", cluster.get())), 0, 20)
        .stream()
        .map(Seen::new)
        .filter(other -> !other.id().equals(need.id()))
        .toList();
  }

  private void support(Exchange exchange) {
    Forms.ofOurs(exchange);
    visitors.remember(exchange, programme.needs().support(visitors.caller(exchange), id(exchange)));
    exchange.redirect("/needs/" + exchange.parameter("id") + "?supported=1");
  }

  private void withdrawSupport(Exchange exchange) {
    Forms.ofOurs(exchange);
    programme.needs().withdrawSupport(visitors.caller(exchange), id(exchange));
    exchange.redirect("/needs/" + exchange.parameter("id"));
  }
}
