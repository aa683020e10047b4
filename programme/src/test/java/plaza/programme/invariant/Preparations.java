package plaza.programme.invariant;

import static plaza.programme.invariant.Openings.struct;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// What people do about a record between its steps, at the desks: fill in, sign, lock, vote, ask
/// for data, support.
final class Preparations {
  private final Chance chance;
  private final SmallCity city;
  private final Openings openings;
  private final RoundPreparations money;

  Preparations(Chance chance, Openings openings) {
    this.chance = chance;
    this.city = chance.city;
    this.openings = openings;
    this.money = new RoundPreparations(chance, openings);
  }

  /// Something that could be done about it; empty when there is nothing.
  Optional<Command> of(Dossier record) {
    return switch (record.kind()) {
      case NEED -> Optional.of(need(record));
      case CHALLENGE -> challenge(record);
      case PROPOSAL -> proposal(record);
      case EXPLORATION -> exploration(record);
      case PILOT -> pilot(record);
      case BOOKING -> booking(record);
      case FUNDING_ROUND -> money.of(record);
      case SERVICE -> service(record);
      default -> Optional.empty();
    };
  }

  private Command command(Caller who, Dossier record, String text, Supplier<Outcome> what) {
    return command(city, who, record, text, what);
  }

  static Command command(
      SmallCity city, Caller who, Dossier record, String text, Supplier<Outcome> what) {
    return new Command(text + " " + record.id(), who, () -> Openings.keep(city, what.get()));
  }

  private Command need(Dossier need) {
    var who = chance.anybody();
    var needs = city.programme.needs();
    return switch (chance.below(10)) {
      case 0 ->
          command(who, need, "supports no longer", () -> needs.withdrawSupport(who, need.id()));
      case 1 ->
          command(
              who,
              need,
              "follows",
              () -> city.programme.followers().follow(who, Kind.NEED, need.id()));
      case 2 ->
          command(
              who,
              need,
              "follows no longer",
              () -> city.programme.followers().unfollow(who, Kind.NEED, need.id()));
      case 3 -> {
        var pmo = chance.pmo();
        yield command(pmo, need, "consents", () -> needs.consentToWithdrawal(pmo, need.id()));
      }
      default ->
          command(
              who,
              need,
              "supports",
              () -> {
                var done = needs.support(who, need.id());
                if (done.answers().get("token") instanceof Value.Text(var token))
                  city.callers.put(
                      "token " + city.callers.size(), Caller.anonymous(SmallCity.HERE, token));
                return done;
              });
    };
  }

  private Optional<Command> challenge(Dossier challenge) {
    if (challenge.is("DRAFT", "IN_REVIEW")) {
      var who = chance.in(50) ? chance.pmo() : chance.holder("sponsor");
      var json =
          chance.in(50)
              ? "'rubric': [{'criterion': 'effect', 'weight': 70}, {'criterion': 'cost', 'weight': 30}]"
              : "'opensAt': '" + chance.in(Duration.ofHours(2), Duration.ofDays(2)) + "'";
      return Optional.of(
          command(
              who,
              challenge,
              "amends",
              () -> city.programme.challenges().amend(who, challenge.id(), struct(json), null)));
    }
    if (challenge.is("SCHEDULED", "OPEN"))
      return proposal(challenge, chance.one("wu", "pam", "max"));
    if (!challenge.is("CLOSED", "EVALUATING")) return Optional.empty();
    return chance
        .find(challenge.texts("panel"))
        .map(id -> Caller.of(plaza.ledger.Actor.of(id), SmallCity.HERE))
        .map(who -> {
          var conflicts = chance.in(10) ? "'" + chance.organisation("wheels", "pedals") + "'" : "";
          return command(
              who,
              challenge,
              "declares interests " + conflicts,
              () ->
                  city.programme
                      .reviews()
                      .declareInterests(
                          who,
                          challenge.id(),
                          struct("'signed': true, 'conflicts': [" + conflicts + "]")));
        });
  }

  private Optional<Command> proposal(Dossier challenge, String name) {
    if (chance.records.all(Kind.PROPOSAL, "challenge", challenge.id()).size() > 3)
      return Optional.empty();
    var who = city.caller(name);
    var organisation =
        city.organisation(
            switch (name) {
              case "wu" -> "wheels";
              case "pam" -> "pedals";
              default -> "motors";
            });
    var json =
        """
        'title': 'Vans at night', 'challenge': '%s', 'organisation': '%s', 'team': ['%s'],
        'funders': [%s], %s
        """
            .formatted(
                challenge.id(),
                organisation,
                who.id(),
                chance.in(30) ? "'" + city.organisation("fund") + "'" : "",
                body());
    return Optional.of(
        command(
            who,
            challenge,
            "drafts a proposal for",
            () -> city.programme.proposals().draft(who, struct(json))));
  }

  private String body() {
    return """
    'body': {'solution': '%s%d', 'trlIn': 5, 'trlOut': 7, 'cost': '90000', 'ask': '50000',
             'exitPlan': 'The team removes everything', 'dataNeeds': []}
    """
        .formatted(BodiesStaySealed.WORD, chance.below(1_000_000));
  }

  private Optional<Command> proposal(Dossier proposal) {
    return chance
        .member(proposal)
        .map(who ->
            command(
                who,
                proposal,
                "amends",
                () -> city.programme.proposals().amend(who, proposal.id(), struct(body()), null)));
  }

  private Optional<Command> exploration(Dossier exploration) {
    var who = chance.in(50) ? chance.pmo() : chance.member(exploration).orElseThrow();
    var desk = city.programme.calls().explorations();
    return Optional.of(
        chance.in(80)
            ? command(who, exploration, "signs", () -> desk.sign(who, exploration.id()))
            : command(
                who,
                exploration,
                "takes a key of",
                () -> desk.issueKey(who, exploration.id(), "k")));
  }

  private Optional<Command> pilot(Dossier pilot) {
    if (pilot.is("PREPARING")) return Optional.of(prepare(pilot));
    if (pilot.is("READY", "ACTIVE") && chance.in(40)) return Optional.of(data(pilot));
    if (pilot.is("READY", "ACTIVE", "SUSPENDED") && (pilot.has("novation") || chance.in(8)))
      return Optional.of(novation(pilot));
    if (pilot.is("ACTIVE") && chance.in(40)) {
      var amended = amendment(pilot);
      if (amended.isPresent()) return amended;
    }
    if (pilot.is("ACTIVE", "SUSPENDED", "EVALUATING")) return Optional.of(gate(pilot));
    return ended(pilot);
  }

  /// Another organisation is to take it over; all three sign.
  private Command novation(Dossier pilot) {
    var desk = city.programme.pilots().novations();
    var pmo = chance.pmo();
    var offer = pilot.findStruct("novation");
    if (offer.isEmpty() || chance.in(5)) {
      var json =
          "'organisation': '%s', 'reason': 'The team was bought, and its people go on elsewhere'"
              .formatted(chance.organisation("wheels", "pedals", "motors"));
      return command(
          pmo, pilot, "offers to another", () -> desk.propose(pmo, pilot.id(), struct(json)));
    }
    var party = chance.one("city", "from", "to");
    var organisation = text(offer.get(), party.equals("city") ? "from" : party);
    var who =
        party.equals("city")
            ? pmo
            : chance.find(city.members(List.of(organisation))).orElseGet(chance::anybody);
    return command(
        who,
        pilot,
        "signs for " + party + " the novation of",
        () -> desk.sign(who, pilot.id(), struct("'party': '" + party + "'")));
  }

  private static String text(Value.Struct of, String member) {
    return of.members().get(member) instanceof Value.Text(var text) ? text : "";
  }

  private Command prepare(Dossier pilot) {
    var pmo = chance.pmo();
    var desk = city.programme.indicators();
    var indicators = chance.records.all(Kind.INDICATOR, "pilot", pilot.id());
    var draft = indicators.stream().filter(one -> one.is("DRAFT")).findFirst();
    var unfrozen =
        indicators.stream().filter(one -> one.is("LOCKED") && !one.has("baseline")).findFirst();
    if (!pilot.has("agreement") || chance.in(4)) return filledIn(pilot);
    if (draft.isPresent())
      return command(pmo, draft.get(), "locks", () -> desk.lock(pmo, draft.get().id()));
    if (unfrozen.isPresent())
      return command(
          pmo, unfrozen.get(), "freezes", () -> desk.freezeBaseline(pmo, unfrozen.get().id()));
    if (indicators.isEmpty() || chance.in(5))
      return command(
          pmo,
          pilot,
          "defines an indicator of",
          () ->
              desk.define(
                  pmo,
                  pilot.id(),
                  IndicatorDefinition.of(struct(unbraced(openings.definition())))));
    if (!pilot.has("cityConsent") || !pilot.has("partnerConsent")) {
      var who = pilot.has("cityConsent") ? chance.member(pilot).orElseThrow() : pmo;
      return command(who, pilot, "signs", () -> city.programme.pilots().sign(who, pilot.id()));
    }
    return data(pilot);
  }

  private static String unbraced(String json) {
    var stripped = json.strip();
    return stripped.substring(1, stripped.length() - 1);
  }

  private Command filledIn(Dossier pilot) {
    var who = chance.in(50) ? chance.pmo() : chance.member(pilot).orElseThrow();
    var start = chance.in(Duration.ofHours(2), Duration.ofDays(6));
    var json =
        """
        'startDate': '%s', 'endDate': '%s', 'readyBy': '%s', 'exitPlan': 'The team removes it',
        'insuranceWaiver': 'No kit', 'notNeeded': [%s], 'partners': [%s], 'funders': [%s],
        'agreement': {'text': 'We agree', 'maximumEnd': '%s'}
        """
            .formatted(
                start,
                start.plus(Duration.ofDays(2 + chance.below(30))),
                start.plus(Duration.ofDays(20)),
                chance.in(80) ? "'bookings', 'regulation', 'data'" : "'bookings', 'regulation'",
                chance.in(30) ? "'" + chance.organisation("pedals", "wheels") + "'" : "",
                chance.in(30) ? "'" + city.organisation("fund") + "'" : "",
                start.plus(Duration.ofDays(120)));
    return command(
        who,
        pilot,
        "fills in",
        () -> city.programme.pilots().amend(who, pilot.id(), struct(json), null));
  }

  /// Asks for data, a key, a place, or whether a rule stands in the way.
  private Command data(Dossier pilot) {
    var who = chance.in(50) ? chance.pmo() : chance.member(pilot).orElseThrow();
    return switch (chance.below(5)) {
      case 0, 1 -> grant(who, pilot);
      case 2 ->
          command(
              who,
              pilot,
              "takes a key of",
              () -> city.programme.pilots().issueKey(who, pilot.id(), "k"));
      default -> {
        var earlier =
            chance
                .find(chance.records.all(Kind.REGULATORY_CASE, "pilot", pilot.id()))
                .filter(_ -> chance.in(70))
                .map(one -> ", 'supersedes': '" + one.id() + "'")
                .orElse("");
        var json =
            """
            'title': 'A drone', 'pilot': '%s', 'placeDescription': 'The park', 'scale': 'one',
            'act': 'Fly a drone over the park to count its trees, by day'%s
            """
                .formatted(pilot.id(), earlier);
        yield command(
            who,
            pilot,
            "asks about a rule for",
            () -> city.programme.regulation().raise(who, struct(json)));
      }
    };
  }

  private Command grant(Caller who, Dossier holder) {
    var field = holder.kind() == Kind.SERVICE ? "service" : "pilot";
    var end =
        holder.findMoment("endDate").filter(_ -> chance.in(60)).orElseGet(() -> chance.days(1, 40));
    var json =
        """
        '%s': '%s', 'types': ['%s'], 'attributes': ['%s'], 'purpose': 'To see', 'endDate': '%s'%s
        """
            .formatted(
                field,
                holder.id(),
                TestCity.STATION,
                TestCity.BIKES,
                end,
                chance.in(10) ? ", 'startDate': '" + chance.days(0, 3) + "'" : "");
    return command(
        who, holder, "asks for data for", () -> city.programme.grants().request(who, struct(json)));
  }

  private Optional<Command> amendment(Dossier pilot) {
    var pmo = chance.pmo();
    return chance
        .find(pilot.texts("indicators"))
        .map(id ->
            command(
                pmo,
                pilot,
                "proposes another indicator for",
                () ->
                    city.programme
                        .indicators()
                        .proposeAmendment(
                            pmo,
                            id,
                            struct(
                                "'reason': 'A sensor moved', 'definition': "
                                    + openings.definition()))));
  }

  private Command gate(Dossier subject) {
    var gates = city.programme.gates();
    var field = subject.kind() == Kind.SERVICE ? "service" : "pilot";
    var open =
        chance.records.all(Kind.GATE_DECISION, field, subject.id()).stream()
            .filter(one -> one.is("OPEN"))
            .toList();
    var who = chance.holder("programmeBoard");
    if (open.isEmpty() || chance.in(7)) {
      var outcome =
          subject.kind() == Kind.SERVICE
              ? chance.one("RENEW", "RENEW", "SUNSET", "REVIVE")
              : subject.is("EVALUATING")
                  ? chance.one("SCALE", "SCALE", "SCALE", "EXTEND", "STOP", "LEARNED")
                  : chance.one("EXTEND", "STOP");
      var json =
          "'%s': '%s', 'outcome': '%s', 'rationale': 'As we saw', 'route': '%s'"
              .formatted(field, subject.id(), outcome, chance.one("fund", "procure"));
      return command(
          who, subject, "opens a gate " + outcome + " for", () -> gates.open(who, struct(json)));
    }
    var gate = open.getLast();
    var json =
        chance.in(85) ? "'approve': true" : "'approve': false, 'dissent': 'It costs too much'";
    return command(who, gate, "votes " + json, () -> gates.vote(who, gate.id(), struct(json)));
  }

  private Optional<Command> ended(Dossier pilot) {
    var pmo = chance.pmo();
    var evaluation = pilot.findText("evaluation");
    if (evaluation.isPresent() && chance.in(30))
      return Optional.of(
          command(
              pmo,
              pilot,
              "publishes the evaluation of",
              () ->
                  city.programme
                      .pilots()
                      .publishEvaluation(
                          pmo, evaluation.get(), struct("'summary': 'It went well'"))));
    return chance.in(30)
        ? Optional.of(
            command(
                pmo,
                pilot,
                "learns of",
                () ->
                    city.programme
                        .uptake()
                        .lessons()
                        .learn(pmo, Kind.PILOT, pilot.id(), struct("'what': 'Ask first'"))))
        : Optional.empty();
  }

  private Optional<Command> booking(Dossier booking) {
    var who = chance.in(50) ? chance.anybody() : city.caller("fred");
    var end = booking.moment("start").plus(Duration.ofMinutes(30 + chance.below(1_000)));
    return Optional.of(
        chance.in(70)
            ? command(
                who,
                booking,
                "changes",
                () ->
                    city.programme
                        .hub()
                        .bookings()
                        .amend(who, booking.id(), struct("'end': '" + end + "'"), null))
            : resize(booking));
  }

  private Command resize(Dossier booking) {
    var fred = city.caller("fred");
    var json = "'capacity': " + (1 + chance.below(4));
    return command(
        fred,
        booking,
        "resizes the place of",
        () -> city.programme.hub().places().amend(fred, booking.text("place"), struct(json), null));
  }

  private Optional<Command> service(Dossier service) {
    var sol = chance.in(70) ? city.caller("sol") : chance.pmo();
    var services = city.programme.uptake().services();
    if (service.is("DRAFT") && (!service.has("accessibility") || chance.in(20)))
      return Optional.of(
          command(
              sol,
              service,
              "describes",
              () -> services.amend(sol, service.id(), struct(openings.described()), null)));
    return Optional.of(
        switch (chance.below(6)) {
          case 0, 1 -> grant(sol, service);
          case 2 ->
              command(
                  sol, service, "takes a key of", () -> services.issueKey(sol, service.id(), "k"));
          case 3 -> used(service);
          default -> service.is("RENEWAL_DUE", "SUNSETTING") ? gate(service) : used(service);
        });
  }

  private Command used(Dossier service) {
    List<String> users = new ArrayList<>();
    int first = chance.below(20);
    for (int i = 0; i < 3 + chance.below(14); i++) users.add("user " + (first + i));
    return new Command(
        users.size() + " use " + service.id(),
        city.caller(""),
        () -> {
          for (var user : users) city.programme.usage().saw(SmallCity.HERE, service.id(), user);
          city.programme.usage().flush();
        });
  }
}
