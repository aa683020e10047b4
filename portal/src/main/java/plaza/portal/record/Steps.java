package plaza.portal.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.page.Forms;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
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
  private final Supplier<List<Panel.Named>> organisations;
  private final Catalogue catalogue = new Catalogue();

  /// @param organisations all there are, for fields that take one
  public Steps(
      Programme programme,
      Visitors visitors,
      Times times,
      Supplier<List<Panel.Named>> organisations) {
    this.programme = programme;
    this.desks = new Desks(programme);
    this.visitors = visitors;
    this.times = times;
    this.organisations = organisations;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  List<Panel.Named> organisations() {
    return organisations.get();
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
    var offers = new ArrayList<Panel.Offer>();
    for (var action : record.texts("actions"))
      offers.add(
          offer(
              kind,
              record,
              action,
              Plain.words(action),
              catalogue.fieldsOf(kind.title(), action),
              told));
    for (var command : commands(visitor, kind, record))
      offers.add(
          offer(kind, record, command.name(), command.label(), command.fieldsFor(record), told));
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
    return new Panel(offers, links, told, offers.isEmpty() ? List.of() : organisations.get());
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

  private static Panel.Offer offer(
      Kind kind, Seen record, String action, String label, List<Field> fields, Told told) {
    boolean again = told.action().equals(action) && !told.isDone();
    var inputs =
        fields.stream()
            .map(field ->
                new Panel.Filled(
                    field, again ? told.written().getOrDefault(field.name(), "") : field.start()))
            .toList();
    var path = Collection.of(kind).orElseThrow().path(record.id()) + "/steps/" + action;
    return new Panel.Offer(action, label, path, inputs, again);
  }

  /// Does what a record's form asks for. What is refused is told, not thrown, so that the page can
  /// show it beside the form; but who has to sign in first is sent there.
  public Told take(Exchange exchange, Kind kind, String id) {
    var form = Forms.ofOurs(exchange);
    var action = exchange.parameter("action");
    var visitor = visitor(exchange);
    try {
      return Told.done(action, new Value.Struct(take(visitor, kind, id, action, form).answers()));
    } catch (Refusal.Unauthenticated stranger) {
      throw stranger;
    } catch (Refusal refusal) {
      return Told.refused(action, refusal, form);
    }
  }

  private Outcome take(
      Visitor visitor, Kind kind, String id, String action, Map<String, String> form) {
    var command = commands(kind).stream().filter(c -> c.name().equals(action)).findFirst();
    if (command.isEmpty())
      return programme.transition(
          visitor.caller(),
          kind,
          id,
          action,
          body(catalogue.fieldsOf(kind.title(), action), form),
          null);
    var record = new Seen(programme.view(visitor.caller(), kind, id));
    var body = body(command.get().fieldsFor(record), form);
    return desks.apply(visitor.caller(), kind.title() + " " + action, id, body);
  }

  Outcome open(
      Visitor visitor, Collection collection, List<Panel.Filled> inputs, Map<String, String> form) {
    return desks.open(visitor.caller(), collection, Blank.read(inputs, form, times.zone()));
  }

  private Value.Struct body(List<Field> fields, Map<String, String> form) {
    var members = new LinkedHashMap<String, Value>();
    for (var field : fields)
      field
          .read(form.getOrDefault(field.name(), ""), times.zone())
          .ifPresent(value -> {
            if (!field.name().equals(Field.WHOLE)) members.put(field.name(), value);
            else if (value instanceof Value.Struct(var whole)) members.putAll(whole);
            else throw new Refusal.Invalid("what is sent must be a JSON object");
          });
    return new Value.Struct(members);
  }
}
