package plaza.programme.invariant;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What an office that wants to come to an end does next about a record: whose turn it is among
/// what belongs to it. So runs reach verdicts and payments and do not only begin things.
final class Agenda {
  private final Chance chance;
  private final Records records;
  private final Preparations preparations;
  private final Function<Dossier, Command> step;
  private final Function<Dossier, Optional<Command>> wait;

  /// @param step takes some step of a record
  /// @param wait turns the clock to what is due of it
  Agenda(
      Chance chance,
      Preparations preparations,
      Function<Dossier, Command> step,
      Function<Dossier, Optional<Command>> wait) {
    this.chance = chance;
    this.records = chance.records;
    this.preparations = preparations;
    this.step = step;
    this.wait = wait;
  }

  Optional<Command> next(Dossier record) {
    return switch (record.kind()) {
      case CHALLENGE -> challenge(record);
      case PILOT -> pilot(record);
      case BOOKING -> booking(record);
      case REGULATORY_CASE ->
          record.is("GRANTED") && chance.in(40) ? wait.apply(record) : Optional.empty();
      case REPLICATION -> record.is("DEPLOYED") ? wait.apply(record) : Optional.empty();
      case SERVICE -> service(record);
      case NEED, SERVICE_REQUEST -> judged(record);
      default -> Optional.empty();
    };
  }

  private Optional<Command> challenge(Dossier challenge) {
    return switch (challenge.state()) {
      case "SCHEDULED" -> chance.in(60) ? wait.apply(challenge) : preparations.of(challenge);
      case "OPEN" -> {
        var drafts = of(challenge, Kind.PROPOSAL, "DRAFT");
        int submitted = of(challenge, Kind.PROPOSAL, "SUBMITTED").size();
        if (submitted > 1 || (submitted > 0 && chance.in(40))) yield wait.apply(challenge);
        yield drafts.isEmpty() ? preparations.of(challenge) : chance.find(drafts).map(step);
      }
      case "CLOSED" ->
          chance
              .find(of(challenge, Kind.PROPOSAL, "SUBMITTED", "APPEALED"))
              .map(step)
              .or(() ->
                  records.all(Kind.CONFLICT_DECLARATION, "challenge", challenge.id()).size()
                          < challenge.texts("panel").size()
                      ? preparations.of(challenge)
                      : Optional.of(step.apply(challenge)));
      case "EVALUATING" ->
          chance
              .find(of(challenge, Kind.REVIEW, "ASSIGNED", "CLEARED", "SCORED"))
              .or(() -> chance.find(of(challenge, Kind.PROPOSAL, "ELIGIBLE")))
              .or(() -> exploring(challenge))
              .map(one -> one.kind() == Kind.EXPLORATION ? about(one) : step.apply(one))
              .or(() -> Optional.of(step.apply(challenge)));
      case "DECIDED" ->
          chance
              .find(of(challenge, Kind.PROPOSAL, "SHORTLISTED", "EXPLORATION"))
              .map(step)
              .or(() ->
                  chance
                      .find(of(challenge, Kind.PILOT, "PREPARING", "READY", "ACTIVE", "EVALUATING"))
                      .map(this::about));
      default -> Optional.empty();
    };
  }

  private Optional<Dossier> exploring(Dossier challenge) {
    if (!challenge.has("exploration") || chance.in(20)) return Optional.empty();
    return chance
        .find(of(challenge, Kind.EXPLORATION, "SIGNING", "ACTIVE"))
        .filter(one -> !one.has("handedInAt"))
        .or(() -> chance.find(of(challenge, Kind.PROPOSAL, "SHORTLISTED")));
  }

  private Command about(Dossier one) {
    if (one.kind() == Kind.EXPLORATION && one.is("SIGNING")) {
      boolean signed = one.has("cityConsent") && one.has("partnerConsent");
      var next = signed ? wait.apply(one) : preparations.of(one);
      if (next.isPresent()) return next.get();
    }
    return next(one).orElseGet(() -> step.apply(one));
  }

  private List<Dossier> of(Dossier challenge, Kind kind, String... states) {
    return records.all(kind, "challenge", challenge.id()).stream()
        .filter(one -> one.is(states))
        .toList();
  }

  private Optional<Command> pilot(Dossier pilot) {
    var grants = records.all(Kind.DATA_GRANT, "pilot", pilot.id());
    var cases = records.all(Kind.REGULATORY_CASE, "pilot", pilot.id());
    var open =
        java.util.stream.Stream.concat(grants.stream(), cases.stream())
            .filter(one ->
                one.is("REQUESTED", "UNDER_REVIEW", "RAISED", "CONFIRMING", "EXEMPTION_REQUESTED"))
            .toList();
    if (!open.isEmpty() && chance.in(60)) return chance.find(open).map(step);
    return switch (pilot.state()) {
      case "PREPARING" -> chance.in(70) ? preparations.of(pilot) : Optional.empty();
      case "READY" -> chance.in(50) ? wait.apply(pilot) : Optional.empty();
      case "EVALUATING" -> chance.in(60) ? preparations.of(pilot) : Optional.empty();
      case "ACTIVE" -> chance.in(15) ? wait.apply(pilot) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// Who has a place comes when it is time.
  private Optional<Command> booking(Dossier booking) {
    boolean early = chance.city.now.isBefore(booking.moment("start"));
    return booking.is("CONFIRMED") && early ? wait.apply(booking) : Optional.empty();
  }

  private Optional<Command> service(Dossier service) {
    if (service.is("LIVE", "SUNSETTING") && chance.in(15)) return wait.apply(service);
    return chance
        .find(records.all(Kind.DATA_GRANT, "service", service.id()))
        .filter(one -> one.is("REQUESTED", "UNDER_REVIEW") && chance.in(60))
        .map(step);
  }

  /// Who was told no may say that this is not so.
  private Optional<Command> judged(Dossier record) {
    return chance
        .find(records.all(Kind.MODERATION_CASE, "need", record.id()))
        .filter(one -> one.is("DECIDED", "APPEALED") && chance.in(60))
        .map(step);
  }
}
