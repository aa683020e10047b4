package plaza.programme.service;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.pilot.GateWords;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;
import plaza.programme.usage.UsageMeter;

/// What the words of the procedure Service mean, but for its renewal ([RenewalWords]).
public final class ServiceWords {
  private static final Duration USUAL_TERM = Duration.ofDays(365);
  private static final Kind SERVICE = Kind.SERVICE;
  private final GrantBinding binding;
  private final UsageMeter meter;

  public ServiceWords(GrantBinding binding, UsageMeter meter) {
    this.binding = binding;
    this.meter = meter;
  }

  public void register(Functions functions) {
    launching(functions);
    grants(functions);
    ending(functions);
    functions
        .effect(
            "statusPage",
            (s, _) -> {
              s.publish("status page");
              return true;
            })
        .intake(SERVICE, "suspend", s -> reason(s, "suspendedBecause"))
        .intake(SERVICE, "abandon", s -> reason(s, "abandonedBecause"))
        .settle(SERVICE, "resume", s -> s.clear("suspendedBecause"));
    new RenewalWords(meter).register(functions);
  }

  private static void launching(Functions functions) {
    functions
        .guard("ownerDepartment", (s, _) -> has(s, "department", "name the department"))
        .guard("operator", (s, _) -> has(s, "operator", "name the operator"))
        .guard(
            "dataRequirementsDeclared",
            (s, _) ->
                s.record().has("dataRequirements") || s.record().has("noDataNeeded")
                    ? empty()
                    : Optional.of("declare dataRequirements, or say in noDataNeeded why none"))
        .guard(
            "supportContact",
            (s, _) -> has(s, "supportContact", "say in supportContact where users get help"))
        .guard("accessibilityStatement", (s, term) -> accessibility(s, term))
        .guard(
            "usageMeterOn",
            (s, _) ->
                s.record().flag("usageMeter")
                    ? empty()
                    : Optional.of("turn the usageMeter on: renewal is judged by what it counts"))
        .guard(
            "licenceOrContract",
            (s, _) ->
                s.record().has("licence") || s.record().has("contract")
                    ? empty()
                    : Optional.of("name the licence or the contract it runs under"))
        .effect(
            "catalogueEntry",
            (s, term) -> {
              s.publish("catalogue entry, " + String.join(" ", term.arguments()));
              return true;
            })
        .settle(SERVICE, "launch", ServiceWords::launched);
  }

  private static void launched(Situation s) {
    s.set("launchedAt", s.now());
    if (!s.record().has("renewalDate")) s.set("renewalDate", s.now().plus(USUAL_TERM));
  }

  /// `accessibilityStatement(WCAG2.2AA)`: that standard, at that level or above.
  private static Optional<String> accessibility(Situation s, Term term) {
    var wanted = term.arguments().getFirst();
    var statement = s.record().findStruct("accessibility").map(Value.Struct::members);
    if (statement.isEmpty()) return Optional.of("publish an accessibility statement of " + wanted);
    var standard = text(statement.get().get("standard")).replaceAll("\\s", "");
    var level = text(statement.get().get("level"));
    boolean meets = (standard + "AA").equals(wanted) && level.matches("AA|AAA");
    return meets
        ? empty()
        : Optional.of("state " + wanted + " or better, not " + standard + " " + level);
  }

  private static String text(@org.jspecify.annotations.Nullable Value value) {
    return value instanceof Value.Text(var text) ? text : "";
  }

  private void grants(Functions functions) {
    functions
        .effect(
            "grantServiceKeys",
            (s, _) -> {
              move(s, "APPROVED", "activate", "serviceLive");
              // A secret is shown to who takes it, and only once: so it is fetched, not sent.
              s.tell("service owner, to take a key", s.record().id());
              return true;
            })
        .effect("suspendServiceGrants", (s, _) -> move(s, "ACTIVE", "suspend", "serviceSuspended"))
        .effect("resumeServiceGrants", (s, _) -> move(s, "SUSPENDED", "resume", "serviceResumed"))
        .effect("limitServiceGrants", (s, _) -> end(s, "sunsetDate", true))
        .effect("extendServiceGrants", (s, _) -> end(s, "renewalDate", false));
  }

  private static boolean move(Situation s, String from, String action, String why) {
    for (var grant : s.list(Kind.DATA_GRANT, "service", s.record().id()))
      if (grant.is(from) && isMeant(s, grant, action))
        s.move(
            Kind.DATA_GRANT,
            grant.id(),
            action,
            why,
            action.equals("suspend")
                ? new Value.Struct(Map.of("reason", Value.of(why + ": " + s.record().id())))
                : Value.Struct.EMPTY);
    return true;
  }

  /// What a steward suspended stays suspended when the service goes on, and what is over is over.
  private static boolean isMeant(Situation s, Dossier grant, String action) {
    return switch (action) {
      case "activate" -> s.now().isBefore(grant.moment("endDate"));
      case "resume" -> grant.findText("because").orElse("").startsWith("serviceSuspended");
      default -> true;
    };
  }

  /// Moves the end of the service's grants to a date of its own; they expire by the clock.
  ///
  /// @param onlyEarlier so that nothing outlives it, and nothing is prolonged by it
  private boolean end(Situation s, String field, boolean onlyEarlier) {
    var end = s.record().findMoment(field);
    if (end.isEmpty()) return true;
    for (var grant : s.list(Kind.DATA_GRANT, "service", s.record().id())) {
      if (!grant.is("APPROVED", "ACTIVE", "SUSPENDED")) continue;
      if (onlyEarlier && !grant.moment("endDate").isAfter(end.get())) continue;
      var moved = grant.with("endDate", end.get());
      s.work().save(moved);
      var address = s.caller().address();
      if (grant.is("ACTIVE")) s.work().afterwards(() -> binding.apply(address, moved));
    }
    return true;
  }

  private void ending(Functions functions) {
    functions
        .guard("notice", (s, term) -> notice(s, term))
        .guard(
            "dataExported",
            (s, _) ->
                has(s, "dataExport", "say in dataExport where the data of its users were put"))
        .guard("keysRevoked", (s, _) -> keysRevoked(s))
        .effect(
            "notifyUsers",
            (s, _) -> {
              s.tell("users", s.record().id());
              return true;
            })
        .effect(
            "publishExportPath",
            (s, _) -> {
              s.publish("export path");
              return true;
            })
        .effect("archive", (s, _) -> archive(s))
        .intake(SERVICE, "sunset", ServiceWords::sunset)
        .settle(SERVICE, "sunset", GateWords::decided)
        .settle(SERVICE, "revive", ServiceWords::revived);
  }

  /// `{publicReason, sunsetDate, exportPath}`; without a date as soon as the notice allows.
  private static void sunset(Situation s) {
    keep(s, "publicReason", 4_000);
    keep(s, "exportPath", 2_048);
    var least = s.now().plus(Duration.ofDays(noticeDays(s)));
    s.set("sunsetDate", s.input().findMoment("sunsetDate").orElse(least));
  }

  private static long noticeDays(Situation s) {
    return s.step().guards().stream()
        .flatMap(guard -> guard.alternatives().stream())
        .filter(term -> term.name().equals("notice"))
        .mapToLong(Term::threshold)
        .findFirst()
        .orElse(0);
  }

  /// `notice>=90d`: users are told so long before.
  private static Optional<String> notice(Situation s, Term term) {
    var earliest = s.now().plus(Duration.ofDays(term.threshold()));
    return s.record().findMoment("sunsetDate").filter(at -> !at.isBefore(earliest)).isPresent()
        ? empty()
        : Optional.of("its users need notice: sunsetDate may be " + earliest + " at the earliest");
  }

  /// Its grants end with it by the clock; one that somebody prolonged stands in the way.
  private static Optional<String> keysRevoked(Situation s) {
    var open =
        s.list(Kind.DATA_GRANT, "service", s.record().id()).stream()
            .filter(grant -> grant.is("APPROVED", "ACTIVE", "SUSPENDED"))
            .map(grant -> grant.id())
            .toList();
    return open.isEmpty()
        ? empty()
        : Optional.of("revoke, or wait for the end of, " + String.join(", ", open));
  }

  private boolean archive(Situation s) {
    s.set("retiredAt", s.now());
    var address = s.caller().address();
    var id = s.record().id();
    s.work()
        .afterwards(() -> {
          binding.endKeys(address, id, "the service retired");
          meter.forget(address, id);
        });
    return true;
  }

  private static void revived(Situation s) {
    GateWords.decided(s);
    for (var name : List.of("sunsetDate", "publicReason")) s.clear(name);
  }

  private static void reason(Situation s, String field) {
    s.input().findText("reason", 4_000).ifPresent(text -> s.set(field, text));
  }

  private static Optional<String> has(Situation s, String field, String remedy) {
    return s.record().has(field) ? empty() : Optional.of(remedy);
  }
}
