package plaza.portal.place;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import plaza.portal.mayor.Board;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.place.PlacePages.Hub;
import plaza.portal.record.Collection;
import plaza.portal.record.Panel;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.figures.Window;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Innovation clusters, and districts as hubs: who is in them, what is on, and who works with whom,
/// as the records tell.
public final class HubPages {
  private static final int MOST = 500;
  private static final int SOON = 20;
  private static final int MOST_WORKS = 100;

  private final Pages pages;
  private final Programme programme;
  private final ZoneId zone;
  private final Supplier<List<Panel.Named>> organisations;

  /// @param organisations all there are, for their names
  public HubPages(
      Pages pages, Programme programme, ZoneId zone, Supplier<List<Panel.Named>> organisations) {
    this.pages = pages;
    this.programme = programme;
    this.zone = zone;
    this.organisations = organisations;
  }

  public Routes routes(Routes routes) {
    for (var city : List.of("", "/cities/{tenant}"))
      routes
          .get(
              city + "/innovation-clusters/{id}",
              Right.anyone(),
              e -> show(e, Kind.INNOVATION_CLUSTER))
          .get(city + "/places/{id}/collaboration", Right.anyone(), e -> show(e, Kind.PLACE));
    return routes;
  }

  /// An organisation that is in the cluster.
  public record Member(String name, String since, String role) {}

  /// What two organisations did together.
  ///
  /// @param href of the record that says so; empty when it is not public
  public record Work(
      String one, String other, String kind, String when, String title, String href) {}

  private void show(Exchange exchange, Kind kind) {
    var where = Where.of(exchange, pages.settings().city());
    var caller = new Visitors(where.address()).caller(exchange);
    var id = Visitors.id(kind, exchange.parameter("id"));
    var hub = new Seen(programme.view(caller, kind, id));
    var network =
        new Seen(programme.figures().within(caller, kind, id, new Window(null, programme.now())));
    var names = names();
    var works = network.parts("works");
    boolean own = where.home().equals("/places");
    var title = hub.text("title").isEmpty() ? hub.text("name") : hub.text("title");
    var model = new HashMap<String, Object>();
    model.put("home", where.home());
    model.put("hub", hub);
    model.put("title", title);
    model.put("tile", Board.collaboration(network));
    model.put("web", Web.of(works, names));
    model.put("members", members(hub, network, names));
    model.put("works", works.stream().limit(MOST_WORKS).map(w -> work(w, names, own)).toList());
    model.put("events", events(caller, kind, id));
    model.put("places", places(caller, hub));
    model.put(
        "data",
        Collection.of(kind)
            .map(one -> "/api/v1/" + one.segment() + "/" + id + "/collaboration")
            .orElse(""));
    pages.show(
        exchange,
        Page.of(title, "Who is in it, what is on, and who works with whom.", "places")
            .ofProgramme(),
        "hub",
        model);
  }

  private Map<String, String> names() {
    var names = new LinkedHashMap<String, String>();
    for (var one : organisations.get()) names.put(one.id(), one.name());
    return names;
  }

  private List<Member> members(Seen hub, Seen network, Map<String, String> names) {
    var times = new Times(zone);
    var since = new HashMap<String, Seen>();
    for (var one : hub.parts("memberships"))
      if (one.text("until").isEmpty()) since.put(one.text("organisation"), one);
    return network.texts("members").stream()
        .map(id -> {
          var membership = since.get(id);
          return new Member(
              names.getOrDefault(id, id),
              membership == null ? "" : times.day(membership.text("since")),
              membership == null ? "" : membership.text("role"));
        })
        .sorted(Comparator.comparing(Member::name))
        .limit(MOST)
        .toList();
  }

  private Work work(Seen one, Map<String, String> names, boolean own) {
    return new Work(
        names.getOrDefault(one.text("one"), one.text("one")),
        names.getOrDefault(one.text("other"), one.text("other")),
        Plain.words(one.text("kind")),
        new Times(zone).day(one.text("at")),
        one.text("title"),
        own ? one.findText("record").flatMap(Collection::href).orElse("") : "");
  }

  private List<Hub> events(Caller caller, Kind kind, String id) {
    var now = programme.now();
    var times = new Times(zone);
    var field = kind == Kind.PLACE ? "place" : "cluster";
    return programme.list(caller, Kind.EVENT, List.of(new Having(field, id)), 0, MOST).stream()
        .map(Seen::new)
        .filter(one -> Instant.parse(one.text("end")).isAfter(now))
        .sorted(Comparator.comparing((Seen one) -> one.text("start")))
        .limit(SOON)
        .map(one -> new Hub(one, times.moment(Instant.parse(one.text("start")))))
        .toList();
  }

  private List<Seen> places(Caller caller, Seen hub) {
    return hub.texts("places").stream()
        .map(id -> new Seen(programme.view(caller, Kind.PLACE, id)))
        .toList();
  }
}
