package plaza.portal.record;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.form.Choices;
import plaza.portal.form.Field;
import plaza.portal.form.Filled;
import plaza.portal.form.Reading;
import plaza.portal.form.Start;
import plaza.portal.form.Written;
import plaza.portal.page.Forms;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Kind;
import plaza.web.Exchange;

/// What a visitor can do with a record: offers it as forms, and does what such a form asks.
public final class Steps {
  /// Records that a pilot's view holds, with pages of their own.
  private static final List<String> PARTS = List.of("indicators", "grants", "gates");

  private final Programme programme;
  private final Desks desks;
  private final Visitors visitors;
  private final Times times;
  private final Titles titles;
  private final Catalogue catalogue = new Catalogue();

  public Steps(Programme programme, Visitors visitors, Times times, Titles titles) {
    this.programme = programme;
    this.desks = new Desks(programme);
    this.visitors = visitors;
    this.times = times;
    this.titles = titles;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  /// What the caller can choose by name in forms.
  Choices choices(Caller caller) {
    return new NamedChoices(programme, caller, titles.to(caller));
  }

  ZoneId zone() {
    return times.zone();
  }

  Visitor visitor(Exchange exchange) {
    var caller = visitors.caller(exchange);
    return new Visitor(caller, programme.standing(caller));
  }

  /// The panel of a record whose page is shown; told is what the address says was just done.
  public Panel panel(Exchange exchange, Kind kind, Seen record) {
    var told =
        exchange
            .query("done")
            .filter(action -> isKnown(kind, action))
            .map(Told::afterwards)
            .orElse(Told.NOTHING);
    return panel(exchange, kind, record, told);
  }

  private boolean isKnown(Kind kind, String action) {
    return commands(kind).stream().anyMatch(command -> command.name().equals(action))
        || programme.procedures().find(kind).stream()
            .flatMap(procedure -> procedure.steps().stream())
            .anyMatch(step -> step.action().equals(action));
  }

  private List<Catalogue.Command> commands(Kind kind) {
    return catalogue.commands().stream().filter(c -> c.kind().equals(kind.title())).toList();
  }

  public Panel panel(Exchange exchange, Kind kind, Seen record, Told told) {
    var visitor = visitor(exchange);
    var choices = choices(visitor.caller());
    var offers = new ArrayList<Panel.Offer>();
    var chosen = new LinkedHashMap<String, List<String>>();
    for (var offered : offered(visitor, kind, record)) {
      offers.add(offer(kind, record, offered, choices, told));
      for (var of : Filled.chosen(offered.fields())) chosen.computeIfAbsent(of, choices::names);
    }
    var links = new ArrayList<Panel.Link>();
    for (var opening : catalogue.openings())
      if (opening.from().equals(kind.title()) && visitor.opens(opening))
        links.add(
            new Panel.Link(
                opening.collection().path() + "/new?for=" + record.id(), opening.label()));
    // Only for who works on the record: everybody else reads its parts on its page.
    if (!offers.isEmpty() || !links.isEmpty())
      for (var part : PARTS)
        for (var one : record.parts(part))
          Collection.href(one.id()).ifPresent(href -> links.add(new Panel.Link(href, name(one))));
    return new Panel(offers, links, told, chosen);
  }

  /// Something that can be done with a record, and what has to be said with it.
  private record Offered(String action, String label, List<Field> fields) {}

  private List<Offered> offered(Visitor visitor, Kind kind, Seen record) {
    var offered = new ArrayList<Offered>();
    for (var action : record.texts("actions"))
      offered.add(new Offered(action, Plain.words(action), fields(visitor, kind, record, action)));
    for (var command : commands(visitor, kind, record))
      offered.add(new Offered(command.name(), command.label(), command.fieldsFor(record)));
    return offered;
  }

  /// The fields of a step; where something is said of each criterion of a call, they are named.
  private List<Field> fields(Visitor visitor, Kind kind, Seen record, String action) {
    var challenge = record.text("challenge");
    return catalogue.fieldsOf(kind.title(), action).stream()
        .map(field ->
            challenge.isEmpty() || !isOfCriteria(field)
                ? field
                : field.starting(
                    Optional.ofNullable(record.view().members().get(field.name()))
                        .orElseGet(() -> criteria(visitor.caller(), challenge))))
        .toList();
  }

  private static boolean isOfCriteria(Field field) {
    return field.form() == Field.Form.ROWS && field.parts().getFirst().name().equals("criterion");
  }

  private Value criteria(Caller caller, String challenge) {
    var rubric = new ArrayList<Value>();
    titles
        .to(caller)
        .find(Collection.CHALLENGES, challenge)
        .ifPresent(call -> {
          for (var one : call.parts("rubric"))
            rubric.add(new Value.Struct(Map.of("criterion", Value.of(one.text("criterion")))));
        });
    return new Value.Items(rubric);
  }

  private static String name(Seen part) {
    var kind = Plain.words(part.text("type"));
    return kind
        + " "
        + part.findText("name").or(() -> part.findText("areaName")).orElse(part.slug());
  }

  private List<Catalogue.Command> commands(Visitor visitor, Kind kind, Seen record) {
    return commands(kind).stream()
        .filter(c -> c.states().isEmpty() || c.states().contains(record.state()))
        .filter(c -> !record.view().members().containsKey(c.unless()))
        .filter(c -> visitor.isAny(c.roles(), record))
        .toList();
  }

  /// Words for what waits for the visitor; for lists of work.
  List<String> due(Visitor visitor, Kind kind, Seen record) {
    var due = new ArrayList<String>();
    if (programme.procedures().find(kind).isPresent())
      programme
          .actions(visitor.caller(), kind, record.id())
          .forEach(action -> due.add(Plain.words(action)));
    commands(visitor, kind, record).stream()
        .filter(Catalogue.Command::due)
        .forEach(command -> due.add(command.label()));
    return due;
  }

  private Panel.Offer offer(Kind kind, Seen record, Offered offered, Choices choices, Told told) {
    var action = offered.action();
    boolean again = told.action().equals(action) && !told.isDone();
    var written = again ? told.written() : Start.of(offered.fields(), choices, times.zone());
    var inputs =
        Filled.of(
            offered.fields(),
            written.carriedOut(),
            again ? told.beside() : Map.of(),
            written.added());
    var path = Collection.of(kind).orElseThrow().path(record.id()) + "/steps/" + action;
    return new Panel.Offer(action, offered.label(), path, inputs, again);
  }

  /// Does what a record's form asks for. What is refused is told, not thrown, so that the page can
  /// show it beside the form; but who has to sign in first is sent there.
  public Told take(Exchange exchange, Kind kind, String id) {
    var written = new Written(Forms.ofOurs(exchange));
    var action = exchange.parameter("action");
    if (written.isUnfinished()) return Told.unfinished(action, written);
    var visitor = visitor(exchange);
    var fields = new ArrayList<Field>();
    try {
      var command = commands(kind).stream().filter(c -> c.name().equals(action)).findFirst();
      boolean amends = command.filter(Catalogue.Command::amends).isPresent();
      if (command.isEmpty()) fields.addAll(catalogue.fieldsOf(kind.title(), action));
      else {
        var record = new Seen(programme.view(visitor.caller(), kind, id));
        fields.addAll(command.get().fieldsFor(record));
      }
      var choices = choices(visitor.caller());
      var reading = new Reading(choices, times.zone());
      var start = amends ? Start.of(fields, choices, times.zone()) : Written.NOTHING;
      var body = reading.changes(fields, start, written);
      if (!reading.faults().isEmpty()) return Told.unread(action, written, reading.faults());
      var outcome =
          command.isEmpty()
              ? programme.transition(visitor.caller(), kind, id, action, body, null)
              : desks.apply(visitor.caller(), kind.title() + " " + action, id, body);
      return Told.done(action, new Value.Struct(outcome.answers()));
    } catch (Refusal.Unauthenticated stranger) {
      throw stranger;
    } catch (Refusal refusal) {
      return Told.refused(action, refusal, written, fields);
    }
  }

  Outcome open(Visitor visitor, Collection collection, Value.Struct body) {
    return desks.open(visitor.caller(), collection, body);
  }
}
