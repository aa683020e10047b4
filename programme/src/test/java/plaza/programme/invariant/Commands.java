package plaza.programme.invariant;

import static plaza.programme.invariant.Openings.struct;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Step;
import plaza.programme.procedure.Who;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// An endless line of commands for a city, most of them what somebody sensible would do next, some
/// of them wrong: by the wrong person, at the wrong time, with what nobody may send.
///
/// It keeps at one record for a while, so that a run comes to the ends of procedures too.
final class Commands {
  /// What takes many people many steps, as often as it should be worked at.
  private static final List<Kind> WORK =
      List.of(
          Kind.CHALLENGE,
          Kind.CHALLENGE,
          Kind.CHALLENGE,
          Kind.PILOT,
          Kind.PILOT,
          Kind.PILOT,
          Kind.SERVICE,
          Kind.FUNDING_ROUND);

  /// What is done in passing.
  private static final List<Kind> ASIDE =
      List.of(
          Kind.NEED,
          Kind.NEED,
          Kind.NEED,
          Kind.NEED_CLUSTER,
          Kind.MODERATION_CASE,
          Kind.MODERATION_CASE,
          Kind.SERVICE_REQUEST,
          Kind.BOOKING,
          Kind.BOOKING,
          Kind.REGULATORY_CASE,
          Kind.DATA_GRANT,
          Kind.PROPOSAL,
          Kind.SERVICE,
          Kind.REPLICATION);

  /// Steps that end what has hardly begun; taken, but seldom.
  private static final List<String> BACKWARD =
      List.of(
          "reject",
          "hide",
          "withdraw",
          "dissolve",
          "splitNeed",
          "return",
          "cancel",
          "declareUnsuccessful",
          "discard",
          "reviseBeforeDeadline",
          "screenOut",
          "notSelect",
          "declareConflict",
          "lapse",
          "suspend",
          "terminate",
          "refuse",
          "revoke",
          "fail",
          "abandon",
          "sunset",
          "changeRule",
          "confirmNoRule",
          "gateStop",
          "gateClose");

  private static final List<String> DUE =
      List.of(
          "opensAt",
          "closesAt",
          "startDate",
          "endDate",
          "readyBy",
          "dueAt",
          "deadline",
          "sunsetDate",
          "signBy",
          "start",
          "end",
          "answerDueAt",
          "lessonDueAt",
          "renewalDate");

  private final Chance chance;
  private final SmallCity city;
  private final Records records;
  private final Openings openings;
  private final Preparations preparations;
  private final StepWords words;
  private final Agenda agenda;
  private @Nullable Dossier work;

  Commands(Chance chance) {
    this.chance = chance;
    this.city = chance.city;
    this.records = chance.records;
    this.openings = new Openings(chance);
    this.preparations = new Preparations(chance, openings);
    this.words = new StepWords(chance);
    this.agenda = new Agenda(chance, preparations, this::step, one -> due(one).map(this::turn));
  }

  Command next() {
    int dice = chance.below(100);
    if (dice < 6) return later();
    if (dice < 16) return openings.any().orElseGet(this::sensible);
    if (dice < 26) return wrong();
    if (dice < 48) return aside();
    return sensible();
  }

  private Command aside() {
    var kind = chance.of(ASIDE);
    return chance
        .find(records.all(kind).stream().filter(one -> !isOver(one)).toList())
        .map(one -> chance.in(50) ? agenda.next(one).orElseGet(() -> about(one)) : about(one))
        .orElseGet(this::sensible);
  }

  private Command sensible() {
    var at = work();
    if (at.isEmpty()) return openings.any().orElseGet(this::later);
    var record = at.get();
    if (chance.in(60)) {
      var next = agenda.next(record);
      if (next.isPresent()) return next.get();
    }
    var parts = parts(record);
    if (!parts.isEmpty() && chance.in(55)) return about(chance.of(parts));
    return about(record);
  }

  private Command about(Dossier record) {
    if (chance.in(45)) {
      var prepared = preparations.of(record);
      if (prepared.isPresent()) return prepared.get();
    }
    return step(record);
  }

  /// The record that is worked at, as it is now.
  private Optional<Dossier> work() {
    var now = Optional.ofNullable(work).flatMap(one -> records.find(one.kind(), one.id()));
    boolean over = now.filter(one -> !isOver(one)).isEmpty();
    if (over ? chance.in(60) : chance.in(3)) {
      var kind = chance.of(WORK);
      now = chance.find(records.all(kind).stream().filter(one -> !isOver(one)).toList());
    }
    now.ifPresent(one -> work = one);
    return now;
  }

  private boolean isOver(Dossier record) {
    return city.programme.procedures().isTerminal(record.kind(), record.state());
  }

  /// What belongs to a record and has not ended.
  private List<Dossier> parts(Dossier record) {
    return switch (record.kind()) {
      case CHALLENGE ->
          open("challenge", record, Kind.PROPOSAL, Kind.REVIEW, Kind.EXPLORATION, Kind.PILOT);
      case PILOT ->
          open("pilot", record, Kind.DATA_GRANT, Kind.REGULATORY_CASE, Kind.BOOKING, Kind.SERVICE);
      case SERVICE -> open("service", record, Kind.DATA_GRANT, Kind.FUNDING_ROUND);
      case EXPLORATION -> open("exploration", record, Kind.DATA_GRANT);
      default -> List.of();
    };
  }

  private List<Dossier> open(String field, Dossier record, Kind... kinds) {
    return Stream.of(kinds)
        .flatMap(kind -> records.all(kind, field, record.id()).stream())
        .filter(one -> !isOver(one))
        .toList();
  }

  private Command step(Dossier record) {
    var steps =
        city.programme.procedures().get(record.kind()).from(record.state()).stream()
            .filter(step -> step.by().stream().anyMatch(who -> !(who instanceof Who.Plaza)))
            .filter(step -> !BACKWARD.contains(step.action()) || chance.in(25))
            .toList();
    if (steps.isEmpty()) return due(record).map(this::turn).orElseGet(this::later);
    var step = chance.of(steps);
    return step(
        someone(record, step), record, step.action(), words.of(record, step.action()), null);
  }

  private Command step(
      Caller who, Dossier record, String action, String json, @Nullable Long version) {
    return new Command(
        action + " of " + record.id() + " (" + record.state() + ") " + json,
        who,
        () ->
            Openings.keep(
                city,
                city.programme.transition(
                    who, record.kind(), record.id(), action, struct(json), version)));
  }

  /// Who would take the step: somebody of its role who is concerned, now and then anybody whose
  /// view offers it.
  private Caller someone(Dossier record, Step step) {
    if (chance.in(10)) {
      var who = chance.anybody();
      if (city.programme.actions(who, record.kind(), record.id()).contains(step.action()))
        return who;
    }
    var people = step.by().stream().filter(who -> !(who instanceof Who.Plaza)).toList();
    return switch (chance.of(people)) {
      case Who.Role(var name) ->
          switch (name) {
            case "innovator" -> chance.member(record).orElseGet(chance::anybody);
            case "panelMember" -> caller(record.text("reviewer"));
            default -> chance.holder(name);
          };
      case Who.Related(var relation, _) ->
          related(record, relation).filter(_ -> chance.in(70)).orElseGet(chance::anybody);
      case Who.Plaza _ -> throw new AssertionError("Plaza is not asked");
    };
  }

  /// Its author, by account or token; a supporter; who holds it.
  private Optional<Caller> related(Dossier record, String relation) {
    if (relation.equals("supporter"))
      return chance
          .find(records.all(Kind.SUPPORT, "need", record.id()))
          .flatMap(one -> who(one.text("personKey")));
    return record
        .findText(relation.equals("holder") ? "holder" : "author")
        .map(Commands::caller)
        .or(() -> record.findText("tokenHash").flatMap(this::who));
  }

  private Optional<Caller> who(String personKey) {
    return city.callers.values().stream()
        .filter(one -> personKey.equals(one.personKey()))
        .findFirst();
  }

  private static Caller caller(String person) {
    return Caller.of(Actor.of(person), SmallCity.HERE);
  }

  /// Time goes on: a little, to what is due next, or for weeks.
  private Command later() {
    return switch (chance.below(10)) {
      case 0, 1, 2, 3 -> turn(city.now.plus(Duration.ofMinutes(chance.below(400))));
      case 4, 5, 6, 7 -> turn(anyDue().orElseGet(() -> city.now.plus(Duration.ofHours(9))));
      case 8 -> turn(city.now.plus(Duration.ofHours(chance.below(80))));
      default ->
          turn(city.now.plus(Duration.ofDays(chance.in(30) ? chance.below(40) : chance.below(4))));
    };
  }

  private Command turn(Instant to) {
    return new Command("it is " + to, city.caller(""), () -> city.turn(to));
  }

  /// One of the next moments at which something becomes due, or just before it.
  private Optional<Instant> anyDue() {
    var moments = new TreeSet<Instant>();
    for (var kind : Kind.values())
      for (var one : records.all(kind)) if (!isOver(one)) due(one).ifPresent(moments::add);
    // Seldom what is far: whoever waits for a renewal misses everything that is due before.
    var soon = moments.headSet(city.now.plus(Duration.ofDays(6)));
    var next = (soon.isEmpty() || chance.in(15) ? moments : soon).stream().limit(3).toList();
    return chance.find(next).map(at -> chance.in(15) ? at.minusSeconds(1) : at);
  }

  private Optional<Instant> due(Dossier record) {
    return DUE.stream()
        .flatMap(field -> moment(record, field).stream())
        .filter(city.now::isBefore)
        .min(Instant::compareTo);
  }

  private static Optional<Instant> moment(Dossier record, String field) {
    return record
        .findMoment(field)
        .map(at -> field.equals("renewalDate") ? at.minus(Duration.ofDays(90)) : at);
  }

  private Command wrong() {
    var kinds =
        Stream.of(Kind.values())
            .filter(kind -> city.programme.procedures().find(kind).isPresent())
            .filter(kind -> !records.all(kind).isEmpty())
            .toList();
    if (kinds.isEmpty()) return later();
    var record = chance.record(chance.of(kinds)).orElseThrow();
    return switch (chance.below(12)) {
      case 0 -> forged(record);
      case 1 -> chance.one(joins(), erased(), forged(record), forged(record));
      case 2 -> {
        var who = chance.anybody();
        var actions = city.programme.actions(who, record.kind(), record.id());
        yield actions.isEmpty()
            ? forged(record)
            : step(who, record, chance.of(actions), typed(), null);
      }
      default -> {
        var steps = city.programme.procedures().get(record.kind()).steps();
        var action = chance.of(steps).action();
        var json = new ArrayList<String>();
        if (chance.in(70) && fits(record, action)) json.add(words.of(record, action));
        if (chance.in(25)) json.add(typed());
        json.removeIf(String::isBlank);
        yield step(
            chance.anybody(),
            record,
            action,
            String.join(", ", json),
            chance.in(15) ? record.version() - chance.below(2) : null);
      }
    };
  }

  private static boolean fits(Dossier record, String action) {
    return !action.equals("renewOnce") || record.has("end");
  }

  /// What nobody may send.
  private String typed() {
    return chance.one(
        "'measured': " + NumbersAreMeasured.TYPED,
        "'baseline': {'value': " + NumbersAreMeasured.TYPED + "}",
        "'verdict': 'MET', 'effect': " + NumbersAreMeasured.TYPED,
        "'state': 'ACTIVE'",
        "'supporters': 5000",
        "'amount': '-5'",
        "'newEnd': '2031-01-01T00:00:00Z'");
  }

  /// A write past the programme, as any face could send it.
  private Command forged(Dossier record) {
    var who = chance.anybody();
    var attribute =
        Attribute.of(Names.PLAZA + chance.one("state", "verdict", "supporters"), Value.of("MET"));
    var entity = Entity.of(record.id(), record.kind().type(), List.of(attribute));
    return new Command(
        "writes past the programme to " + record.id(),
        who,
        () ->
            city.ledger.write(
                who.actor(), Write.atomic(SmallCity.HERE, new Edit.Append(entity, true, false))));
  }

  /// Somebody who holds no office has everything about them erased.
  private Command erased() {
    var names =
        city.callers.keySet().stream()
            .filter(name -> name.startsWith("token") || name.matches("r[a-z]+a|v[a-z]+"))
            .toList();
    if (names.size() < 4) return joins();
    var name = chance.of(names);
    var who = city.caller(name);
    return new Command(
        "has everything erased",
        who,
        () -> {
          var how = chance.in(50) ? "'confirm': true, 'texts': 'all'" : "'confirm': true";
          city.privacy.erase(who, struct(how));
          city.callers.remove(name);
        });
  }

  /// Somebody changes sides.
  private Command joins() {
    var name = chance.one("p1", "p2", "b1", "b2");
    var organisation = chance.one("wheels", "pedals", "motors");
    return new Command(
        "joins " + organisation, city.caller(name), () -> city.join(name, organisation));
  }
}
