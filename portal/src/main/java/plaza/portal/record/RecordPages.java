package plaza.portal.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import plaza.graph.Refusal;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Paging;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;
import plaza.portal.story.Story;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.directory.Ask;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The programme's work, and a list and a page for records of every kind.
public final class RecordPages {
  private static final int SIZE = 50;
  private static final Set<String> FORM = Set.of("q", "state", "sort", "done");

  /// Of each kind and state: the newest are looked through for work.
  private static final int MOST_WORK = 20;

  private static final int LOOKED_AT = 5;

  private static final int MOST_BELONGING = 100;

  private final Pages pages;
  private final Programme programme;
  private final Story story;
  private final Visitors visitors;
  private final Steps steps;
  private final Titles titles;
  private final Times times;

  public RecordPages(
      Pages pages,
      Programme programme,
      Story story,
      Visitors visitors,
      Steps steps,
      Titles titles,
      Times times) {
    this.pages = pages;
    this.programme = programme;
    this.story = story;
    this.visitors = visitors;
    this.steps = steps;
    this.titles = titles;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/records", Right.known(), this::work)
        .get("/records/{collection}", Right.anyone(), this::list)
        .get("/records/{collection}/{id}", Right.anyone(), this::one)
        .post("/records/{collection}/{id}/steps/{action}", Right.anyone(), this::step);
  }

  static Collection collection(Exchange exchange) {
    var segment = exchange.parameter("collection");
    return Collection.named(segment)
        .orElseThrow(() -> new Refusal.NotFound("there are no records called " + segment));
  }

  /// A record and what can be done with it, in a list.
  public record Item(Seen record, String href, String title, List<String> due) {}

  /// Records of one kind in one state.
  ///
  /// @param href of the list of all of them
  public record Heap(Collection collection, String state, String href, List<Item> items) {}

  private void work(Exchange exchange) {
    var visitor = steps.visitor(exchange);
    var heaps = new ArrayList<Heap>();
    var called = titles.to(visitor.caller());
    for (var collection : Collection.values()) heaps.addAll(heaps(visitor, called, collection));
    var openings =
        steps.catalogue().openings().stream()
            .filter(visitor::opens)
            .map(one -> new Panel.Link(one.collection().path() + "/new", one.label()))
            .distinct()
            .toList();
    show(
        exchange,
        200,
        Page.of("Programme", "What waits for you in the programme.", "programme"),
        "work",
        Map.of("heaps", heaps, "openings", openings, "office", isOffice(visitor)));
  }

  /// Who is told what is overdue.
  private static boolean isOffice(Visitor visitor) {
    return List.of("pmo", "programmeBoard", "auditor", "departmentOfficer", "moderator").stream()
        .anyMatch(visitor.standing()::holds);
  }

  private List<Heap> heaps(Visitor visitor, Titles.For called, Collection collection) {
    var heaps = new ArrayList<Heap>();
    var procedure = programme.procedures().find(collection.kind());
    if (procedure.isEmpty()) heap(visitor, called, collection, "").ifPresent(heaps::add);
    else
      for (var state : new TreeSet<>(procedure.get().states()))
        if (!procedure.get().isTerminal(state))
          heap(visitor, called, collection, state).ifPresent(heaps::add);
    return heaps;
  }

  /// The newest of one state that wait for the visitor. Where none of the first does, none of the
  /// others is looked at: who may take a step of a state mostly may of all.
  private Optional<Heap> heap(
      Visitor visitor, Titles.For called, Collection collection, String state) {
    var having = state.isEmpty() ? List.<Having>of() : List.of(new Having("state", state));
    var items = new ArrayList<Item>();
    int looked = 0;
    for (var view : programme.list(visitor.caller(), collection.kind(), having, 0, MOST_WORK)) {
      var record = new Seen(view);
      var due = steps.due(visitor, collection.kind(), record);
      if (!due.isEmpty()) items.add(item(called, collection, record, due));
      if (items.isEmpty() && ++looked == LOOKED_AT) break;
    }
    if (items.isEmpty()) return Optional.empty();
    return Optional.of(
        new Heap(
            collection,
            Plain.words(state.isEmpty() ? "open" : state),
            state.isEmpty() ? collection.path() : collection.path() + "?state=" + state,
            items));
  }

  private static Item item(
      Titles.For called, Collection collection, Seen record, List<String> due) {
    return new Item(record, collection.path(record.id()), called.of(collection, record), due);
  }

  /// A filter that is no part of the form, such as the challenge whose proposals are shown.
  public record Narrowed(String field, String name, String value, String href) {}

  private void list(Exchange exchange) {
    var collection = collection(exchange);
    var filters = new LinkedHashMap<String, String>();
    for (var name : exchange.queryNames()) filters.put(name, exchange.query(name).orElse(""));
    int page = Paging.asked(exchange.query("page", 1));
    filters.remove("page");
    var caller = visitors.caller(exchange);
    var called = titles.to(caller);
    var listing =
        programme.list(caller, collection.kind(), ask(filters, Paging.offset(page, SIZE)));
    var model = new HashMap<String, Object>();
    model.put("collection", collection);
    model.put(
        "items",
        listing.records().stream()
            .map(view -> item(called, collection, new Seen(view), List.of()))
            .toList());
    model.put("paging", Paging.of(collection.path(), filters, page, SIZE, listing.total()));
    model.put("filters", filters);
    model.put("narrowed", narrowed(called, collection, filters));
    model.put("states", states(collection));
    show(
        exchange,
        200,
        Page.of(collection.many(), collection.many() + " of the programme.", "programme"),
        "records",
        model);
  }

  private static Ask ask(Map<String, String> filters, int offset) {
    var having = new ArrayList<Having>();
    filters.forEach((name, value) -> {
      if (!FORM.contains(name) && !value.isEmpty()) having.add(new Having(name, value));
    });
    var state = filters.getOrDefault("state", "");
    if (!state.isEmpty()) having.add(new Having("state", state));
    var order =
        switch (filters.getOrDefault("sort", "")) {
          case "oldest" -> Ask.Order.OLDEST;
          case "title" -> Ask.Order.TITLE;
          case "supporters" -> Ask.Order.SUPPORTED;
          default -> Ask.Order.NEWEST;
        };
    return new Ask(having, filters.getOrDefault("q", ""), null, order, offset, SIZE);
  }

  private static List<Narrowed> narrowed(
      Titles.For called, Collection collection, Map<String, String> filters) {
    var narrowed = new ArrayList<Narrowed>();
    filters.forEach((name, value) -> {
      if (FORM.contains(name) || value.isEmpty()) return;
      var others = new LinkedHashMap<>(filters);
      others.remove(name);
      narrowed.add(
          new Narrowed(
              name,
              Plain.words(name),
              called.of(value),
              Paging.of(collection.path(), others, 1, SIZE, 0).path() + "page=1"));
    });
    return narrowed;
  }

  private Set<String> states(Collection collection) {
    var states = new TreeSet<String>();
    programme.procedures().find(collection.kind()).ifPresent(p -> states.addAll(p.states()));
    return states;
  }

  private void one(Exchange exchange) {
    var collection = collection(exchange);
    var id = Visitors.id(collection.kind(), exchange.parameter("id"));
    if (collection.hasOwnPages()) {
      exchange.redirect(collection.path(id));
      return;
    }
    var record = record(exchange, collection.kind(), id);
    show(exchange, collection, record, steps.panel(exchange, collection.kind(), record));
  }

  private Seen record(Exchange exchange, Kind kind, String id) {
    return new Seen(programme.view(visitors.caller(exchange), kind, id));
  }

  private void step(Exchange exchange) {
    var collection = collection(exchange);
    var id = Visitors.id(collection.kind(), exchange.parameter("id"));
    var told = steps.take(exchange, collection.kind(), id);
    if (told.isDone() && told.answers().isEmpty()) {
      exchange.redirect(collection.path(id) + "?done=" + told.action());
      return;
    }
    var record = record(exchange, collection.kind(), id);
    show(exchange, collection, record, steps.panel(exchange, collection.kind(), record, told));
  }

  private void show(Exchange exchange, Collection collection, Seen record, Panel panel) {
    var called = titles.to(visitors.caller(exchange));
    var title = called.of(collection, record);
    var model = new HashMap<String, Object>();
    model.put("collection", collection);
    model.put("record", record);
    model.put("title", title);
    model.put("facts", Fact.of(record, called, times));
    model.put("story", story.whole(visitors.caller(exchange), record.id()));
    model.put("panel", panel);
    var caller = visitors.caller(exchange);
    model.put(
        "canFollow", caller.personKey() != null && !collection.kind().isConcealed(record.state()));
    model.put("follows", programme.noticeBoard().follows(caller, record.id()));
    model.put("belonging", belonging(exchange, called, collection, record.id()));
    show(
        exchange,
        panel.told().status(),
        Page.of(title, collection.one() + ": " + title, "programme"),
        "record",
        model);
  }

  /// What leads on from a record: a challenge's proposals, a proposal's reviews.
  private List<Item> belonging(
      Exchange exchange, Titles.For called, Collection collection, String id) {
    var found = new ArrayList<Item>();
    for (var next : next(collection)) {
      var having = List.of(new Having(field(collection), id));
      for (var view :
          programme.list(visitors.caller(exchange), next.kind(), having, 0, MOST_BELONGING))
        found.add(item(called, next, new Seen(view), List.of()));
    }
    return found;
  }

  private static List<Collection> next(Collection collection) {
    return switch (collection) {
      case CHALLENGES -> List.of(Collection.PROPOSALS, Collection.EXPLORATIONS);
      case PROPOSALS -> List.of(Collection.REVIEWS, Collection.EXPLORATIONS);
      case EXPLORATIONS -> List.of(Collection.GRANTS);
      case ROUNDS -> List.of(Collection.COMMITMENTS, Collection.TRANCHES, Collection.DISBURSEMENTS);
      case SERVICES ->
          List.of(
              Collection.GRANTS,
              Collection.GATES,
              Collection.ROUNDS,
              Collection.PACKAGES,
              Collection.LESSONS);
      case PACKAGES -> List.of(Collection.REPLICATIONS);
      case FAULT_CATEGORIES -> List.of(Collection.FAULTS);
      case NEEDS,
          CLUSTERS,
          FAULTS,
          MODERATION_CASES,
          REVIEWS,
          PILOTS,
          INDICATORS,
          GRANTS,
          EVALUATIONS,
          GATES,
          LESSONS,
          PLACES,
          BOOKINGS,
          REGULATORY_CASES,
          INNOVATION_CLUSTERS,
          EVENTS,
          COMMITMENTS,
          TRANCHES,
          DISBURSEMENTS,
          REPLICATIONS ->
          List.of();
    };
  }

  /// The field in which what belongs to a record names it.
  private static String field(Collection collection) {
    return switch (collection) {
      case ROUNDS -> "round";
      case FAULT_CATEGORIES -> "category";
      case PACKAGES -> "package";
      default -> collection.one().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private void show(
      Exchange exchange, int status, Page page, String template, Map<String, ?> model) {
    var whole = new HashMap<String, Object>(model);
    whole.put("times", times);
    pages.show(exchange, status, page.ofProgramme(), template, whole);
  }
}
