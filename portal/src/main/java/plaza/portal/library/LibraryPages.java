package plaza.portal.library;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Collection;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The catalogue of running services and the library of lessons.
public final class LibraryPages {
  private static final int MOST = 200;
  private static final int MOST_TAGS = 20;
  private static final long REMEMBERED_MILLIS = 60_000;

  /// In the order in which people look for them.
  private static final List<String> OFFERED =
      List.of("LIVE", "RENEWAL_DUE", "SUNSETTING", "SUSPENDED");

  private final Pages pages;
  private final Programme programme;
  private final Visitors visitors;
  private final Times times;
  private final InstantSource clock;
  // Counting users reads all of them; a page that everybody opens must not do that each time.
  private final Map<String, Remembered> use = new ConcurrentHashMap<>();

  private record Remembered(long untilMillis, Seen use) {}

  public LibraryPages(
      Pages pages, Programme programme, Visitors visitors, Times times, InstantSource clock) {
    this.pages = pages;
    this.programme = programme;
    this.visitors = visitors;
    this.times = times;
    this.clock = clock;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/services", Right.anyone(), this::services)
        .get("/lessons", Right.anyone(), this::lessons);
  }

  /// A service with how it is used.
  ///
  /// @param users of the last 28 days, in words
  /// @param stayed how many came back after three months, in words; empty when it cannot be said
  public record Offer(Seen service, String href, String state, String users, String stayed) {}

  private void services(Exchange exchange) {
    var caller = visitors.caller(exchange);
    var text = exchange.query("q").orElse("").strip();
    var offers = new ArrayList<Offer>();
    for (var state : OFFERED)
      for (var view :
          programme.list(caller, Kind.SERVICE, List.of(new Having("state", state)), 0, MOST)) {
        var service = new Seen(view);
        if (matches(service, text)) offers.add(offer(caller, service));
      }
    var model = new HashMap<String, Object>();
    model.put("offers", offers);
    model.put("text", text);
    model.put("times", times);
    pages.show(
        exchange,
        Page.of("Services", "The services that run in the city, and how they are used.", "services")
            .ofProgramme(),
        "services",
        model);
  }

  private static boolean matches(Seen service, String text) {
    var all =
        String.join(
                " ",
                service.text("title"),
                service.text("summary"),
                String.join(" ", service.texts("tags")))
            .toLowerCase(Locale.ROOT);
    return all.contains(text.toLowerCase(Locale.ROOT));
  }

  private Offer offer(Caller caller, Seen service) {
    var known = use.get(service.id());
    if (known == null || clock.millis() >= known.untilMillis) {
      if (use.size() > MOST) use.clear();
      known =
          new Remembered(
              clock.millis() + REMEMBERED_MILLIS, new Seen(programme.use(caller, service.id())));
      use.put(service.id(), known);
    }
    double users = known.use.number("monthlyActiveUsers");
    double stayed = known.use.number("retention");
    return new Offer(
        service,
        Collection.SERVICES.path(service.id()),
        state(service.state()),
        Double.isNaN(users) ? "fewer than 10" : "%,d".formatted((long) users),
        Double.isNaN(stayed) ? "" : Math.round(stayed * 100) + " %");
  }

  private static String state(String state) {
    return switch (state) {
      case "LIVE" -> "Running";
      case "RENEWAL_DUE" -> "Running; its renewal is being decided";
      case "SUNSETTING" -> "Ending";
      default -> "Paused";
    };
  }

  /// A lesson with what it is about.
  ///
  /// @param href of its subject; empty when it has no page
  public record Learned(Seen lesson, String href) {}

  private void lessons(Exchange exchange) {
    var caller = visitors.caller(exchange);
    var text = exchange.query("q").orElse("").strip();
    var tag = exchange.query("tag").orElse("").strip();
    var found =
        programme
            .uptake()
            .lessons()
            .search(
                caller.address(),
                text,
                tag.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(tag))
            .stream()
            .limit(MOST)
            .map(lesson -> new Seen(programme.view(caller, lesson)))
            .map(lesson -> new Learned(lesson, subject(lesson)))
            .toList();
    var model = new HashMap<String, Object>();
    model.put("lessons", found);
    model.put("tags", tags(found));
    model.put("text", text);
    model.put("tag", tag);
    model.put("times", times);
    pages.show(
        exchange,
        Page.of("Lessons", "What was learned from pilots and services, failures included.", "")
            .ofProgramme(),
        "lessons",
        model);
  }

  private static String subject(Seen lesson) {
    for (var field : List.of("pilot", "service", "round", "replication", "challenge"))
      for (var id : lesson.texts(field)) return Collection.href(id).orElse("");
    return "";
  }

  /// The tags used most.
  private static List<String> tags(List<Learned> lessons) {
    var counts = new TreeMap<String, Integer>();
    for (var one : lessons)
      for (var tag : one.lesson().texts("tags")) counts.merge(tag, 1, Integer::sum);
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_TAGS)
        .map(Map.Entry::getKey)
        .toList();
  }
}
