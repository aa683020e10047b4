package plaza.programme.pilot;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure DataGrant mean.
public final class GrantWords {
  /// Licences that allow any use with at most attribution.
  private static final Set<String> OPEN_LICENCES =
      Set.of("OGDL-TAIWAN-1.0", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODBL-1.0", "PDDL-1.0");

  private static final Duration AFTER_THE_PILOT = Duration.ofDays(30);
  private final GrantBinding binding;

  public GrantWords(GrantBinding binding) {
    this.binding = binding;
  }

  public void register(Functions functions) {
    guards(functions);
    functions
        .effect(
            "showLicenceAndSensitivity",
            (s, _) -> {
              s.tell("dataSteward, licence and sensitivity", s.record().id());
              return true;
            })
        .effect(
            "suggestSyntheticAlternative",
            (s, _) -> {
              s.tell("requester, synthetic data instead", s.record().id());
              return true;
            })
        .effect("bindScopesToKey", (s, _) -> bind(s))
        .effect("keys403within60s", (s, _) -> bind(s))
        .settle(Kind.DATA_GRANT, "resume", this::bind)
        .intake(
            Kind.DATA_GRANT,
            "approve",
            s -> {
              keep(s, "licence", 200);
              keep(s, "agreementClause", 4_000);
              keep(s, "dpiaRef", 500);
            })
        .intake(Kind.DATA_GRANT, "suspend", GrantWords::keepReason)
        .intake(Kind.DATA_GRANT, "revoke", GrantWords::keepReason)
        .intake(Kind.DATA_GRANT, "refuse", GrantWords::keepReason);
  }

  private static void guards(Functions functions) {
    functions
        .guard(
            "licenceAllows",
            (s, _) ->
                s.record()
                        .findText("licence")
                        .map(licence -> licence.toUpperCase(Locale.ROOT))
                        .filter(OPEN_LICENCES::contains)
                        .isPresent()
                    ? empty()
                    : Optional.of("name an open licence of the data"))
        .guard(
            "agreementClause",
            (s, _) ->
                s.record().has("agreementClause")
                    ? empty()
                    : Optional.of("quote the agreementClause that allows it"))
        .guard(
            "purposeStated",
            (s, _) -> s.record().has("purpose") ? empty() : Optional.of("state the purpose"))
        .guard(
            "personalData",
            (s, _) ->
                s.record().flag("personalData") && !s.record().has("dpiaRef")
                    ? Optional.of("send dpiaRef, the data protection impact assessment")
                    : empty())
        .guard("endDate", (s, _) -> endsWithPilot(s))
        .guard(
            "pilotActive",
            (s, _) -> {
              var pilot = pilot(s);
              if (pilot.isEmpty()) return Optional.of("it is for no pilot");
              return isRunning(pilot.get())
                  ? empty()
                  : Optional.of("the pilot is " + pilot.get().state() + "; it must be active");
            })
        .guard(
            "explorationActive",
            (s, _) -> {
              var exploration = exploration(s);
              if (exploration.isEmpty()) return Optional.of("it is for no exploration");
              return isExploring(exploration.get(), s.now())
                  ? empty()
                  : Optional.of(
                      "the exploration is " + exploration.get().state() + "; it must be active");
            })
        .guard("serviceLive", (s, _) -> serviceLive(s));
  }

  /// A pilot under evaluation still runs: its gate may extend it, and the agreed data go on until
  /// the gate or their own end.
  static boolean isRunning(Dossier pilot) {
    return pilot.is("ACTIVE", "EVALUATING");
  }

  /// An exploration gives data from when it was signed and began until it ends, not a moment more.
  private static boolean isExploring(Dossier exploration, Instant now) {
    return exploration.is("ACTIVE")
        && exploration.findMoment("endDate").filter(now::isBefore).isPresent();
  }

  /// A service that is due for renewal or to end still runs for its users, until it does not.
  private static Optional<String> serviceLive(Situation s) {
    var service = service(s);
    if (service.isEmpty()) return Optional.of("it is for no service");
    return service.get().is("LIVE", "RENEWAL_DUE", "SUNSETTING")
        ? empty()
        : Optional.of("the service is " + service.get().state() + "; it must be live");
  }

  /// A service's grant ends with its term at the latest, and is prolonged when it is renewed.
  private static Optional<String> endsWithPilot(Situation s) {
    if (exploration(s).filter(one -> !one.is("SIGNING", "ACTIVE")).isPresent())
      return Optional.of("the exploration is over");
    var most =
        exploration(s)
            .flatMap(one -> one.findMoment("endDate").or(() -> one.findMoment("latestEnd")))
            .or(() -> endOfPilotOrService(s));
    if (most.isEmpty())
      return Optional.of("set the endDate of the pilot, or the renewalDate of the service, first");
    return s.record().moment("endDate").isAfter(most.get())
        ? Optional.of("the grant may end on " + most.get() + " at the latest")
        : empty();
  }

  private static Optional<Instant> endOfPilotOrService(Situation s) {
    return pilot(s)
        .flatMap(pilot -> pilot.findMoment("endDate"))
        .map(end -> end.plus(AFTER_THE_PILOT))
        .or(() ->
            service(s)
                .flatMap(
                    one -> one.findMoment("sunsetDate").or(() -> one.findMoment("renewalDate"))));
  }

  private static Optional<Dossier> exploration(Situation s) {
    return s.record().findText("exploration").map(id -> s.get(Kind.EXPLORATION, id));
  }

  private static Optional<Dossier> pilot(Situation s) {
    return s.record().findText("pilot").map(id -> s.get(Kind.PILOT, id));
  }

  private static Optional<Dossier> service(Situation s) {
    return s.record().findText("service").map(id -> s.get(Kind.SERVICE, id));
  }

  private static void keepReason(Situation s) {
    s.input().findText("reason", 4_000).ifPresent(reason -> s.set("because", reason));
  }

  /// When the step is durable, access follows at once; the feed sees to it that it also does after
  /// a crash between the two.
  private boolean bind(Situation s) {
    var address = s.caller().address();
    var id = s.record().id();
    var to = s.step().to();
    var grant = s.record();
    s.work()
        .afterwards(
            () -> binding.apply(address, s.work().find(Kind.DATA_GRANT, id).orElse(grant).in(to)));
    return true;
  }
}
