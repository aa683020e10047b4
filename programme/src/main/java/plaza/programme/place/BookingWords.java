package plaza.programme.place;

import static java.util.Optional.empty;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure Booking mean.
public final class BookingWords {
  /// How long before its start a use may begin, as the procedure has it.
  private static final Duration EARLY = Duration.ofMinutes(15);

  public void register(Functions functions) {
    confirmation(functions);
    use(functions);
    functions
        .relation("holder", (s, _) -> BookingDesk.isHolder(s.caller(), s.record(), s.standing()))
        .effect("ics", BookingWords::ics)
        .effect("suggestAlternatives", (s, _) -> suggest(s))
        .effect("free", (s, _) -> Waitlist.offer(s))
        .effect("offerWaitlist", (s, _) -> Waitlist.offer(s))
        .effect("dismantleTask", (s, term) -> dismantle(s, term))
        .settle(Kind.BOOKING, "confirm", BookingWords::confirmed)
        .settle(Kind.BOOKING, "startUse", s -> s.set("usedFrom", s.now()))
        .settle(Kind.BOOKING, "release", BookingWords::released)
        .settle(
            Kind.BOOKING, "prolong", s -> newEnd(s).ifPresent(when -> s.set("end", when.until())));
  }

  private static void confirmation(Functions functions) {
    functions
        .guard("noOverlapPerCapacity", (s, _) -> Vacancy.capacity(s.work(), s.record(), wanted(s)))
        .guard("withinOpeningHours", (s, _) -> Vacancy.hours(place(s), wanted(s)))
        .guard("conditionsAccepted", (s, _) -> Vacancy.conditions(place(s), s.record()))
        .guard("laterEnd", (s, _) -> laterEnd(s));
  }

  private static void use(Functions functions) {
    functions
        .guard(
            "checkedIn",
            (s, _) ->
                s.caller().isPlaza() ? Optional.of("the holder must say they are there") : empty())
        .guard("pilotRunning", (s, _) -> pilotRunning(s))
        .guard("freeUntilStart", (s, _) -> freeUntilStart(s))
        .guard(
            "handbackChecked",
            (s, _) ->
                s.input().findText("handback", 4_000).isPresent()
                    ? empty()
                    : Optional.of("send handback, the state in which it was handed back"))
        .guard("pilotEnded", (s, _) -> pilotEnded(s));
  }

  static Dossier place(Situation s) {
    return Vacancy.place(s.work(), s.record());
  }

  /// The time that a step asks for: the booked one, or up to the new end that was sent.
  private static Interval wanted(Situation s) {
    return newEnd(s).orElseGet(() -> Vacancy.when(s.record()));
  }

  private static Optional<Interval> newEnd(Situation s) {
    return s.input()
        .findMoment("newEnd")
        .filter(end -> end.isAfter(s.record().moment("start")))
        .map(end -> new Interval(s.record().moment("start"), end));
  }

  private static Optional<String> laterEnd(Situation s) {
    var end = s.input().findMoment("newEnd");
    return end.isPresent() && end.get().isAfter(s.record().moment("end"))
        ? empty()
        : Optional.of("send newEnd, later than " + s.record().text("end"));
  }

  /// A pilot's kit does not check in: while the pilot runs, its field is in use.
  private static Optional<String> pilotRunning(Situation s) {
    return pilot(s).filter(pilot -> pilot.is("ACTIVE", "EVALUATING")).isPresent()
        ? empty()
        : Optional.of("its pilot must run");
  }

  private static Optional<String> pilotEnded(Situation s) {
    return pilot(s).filter(p -> s.procedures().isTerminal(Kind.PILOT, p.state())).isPresent()
        ? empty()
        : Optional.of("its pilot must have ended");
  }

  private static Optional<Dossier> pilot(Situation s) {
    return s.record().findText("pilot").flatMap(id -> s.find(Kind.PILOT, id));
  }

  /// Who comes before their time takes nothing from who is still there.
  private static Optional<String> freeUntilStart(Situation s) {
    var start = s.record().moment("start");
    // Long before, nobody need ask who is there: the step is not due, and the clock looks often.
    if (!s.now().isBefore(start) || s.now().isBefore(start.minus(EARLY))) return empty();
    return Vacancy.capacity(s.work(), s.record(), new Interval(s.now(), start))
        .map(_ -> "somebody else is there until " + start);
  }

  /// Whoever looks after the field may speak up for what happens on it: see the pilot's `suspend`.
  private static void confirmed(Situation s) {
    s.set("confirmedAt", s.now());
    pilot(s)
        .ifPresent(pilot -> {
          var fields = new java.util.LinkedHashSet<>(pilot.texts("fields"));
          fields.add(s.record().text("place"));
          s.record().findText("owner").ifPresent(fields::add);
          s.work().save(pilot.with("fields", java.util.List.copyOf(fields)));
        });
  }

  private static void released(Situation s) {
    s.input().findText("handback", 4_000).ifPresent(text -> s.set("handback", text));
    s.set("usedUntil", s.now());
  }

  /// The next revision of the booking's calendar entry (RFC 5545 §3.8.7.4).
  private static boolean ics(Situation s, Term term) {
    s.set("sequence", Value.of(s.record().count("sequence") + 1));
    s.set("calendarChangedAt", s.now());
    s.publish("calendar " + String.join(" ", term.arguments()));
    return true;
  }

  private static boolean suggest(Situation s) {
    if (Vacancy.when(s.record()).until().isAfter(s.now())) {
      var alternatives = Alternatives.of(s.work(), s.record());
      s.set("alternatives", new Value.Items(alternatives));
      s.work().answer("alternatives", new Value.Items(alternatives));
    }
    s.tell("parties, with alternatives", s.record().id());
    return true;
  }

  /// A test field is left as it was found: by when, and by whose plan.
  private static boolean dismantle(Situation s, Term term) {
    if (!s.record().findText("placeKind").equals(Optional.ofNullable(term.onlyIf()))) return true;
    var due = s.now().plus(Duration.ofDays(place(s).count("dismantleDays")));
    var task = new LinkedHashMap<String, Value>();
    task.put("dueBy", Value.of(due.toString()));
    pilot(s).flatMap(pilot -> pilot.find("exitPlan")).ifPresent(plan -> task.put("exitPlan", plan));
    s.set("dismantle", new Value.Struct(task));
    s.tell("parties, to dismantle by " + due, s.record().id());
    s.tell("fieldOwner, to see to it by " + due, s.record().id());
    return true;
  }
}
