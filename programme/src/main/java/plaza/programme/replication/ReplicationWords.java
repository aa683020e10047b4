package plaza.programme.replication;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure Replication mean.
public final class ReplicationWords {
  /// What the other city answered, for the step that is being taken.
  static final ScopedValue<ReplicationDesk.Asked> ASKED = ScopedValue.newInstance();

  /// Licences under which anybody may run and change a solution (SPDX).
  private static final Set<String> OPEN =
      Set.of(
          "EUPL-1.2",
          "APACHE-2.0",
          "MIT",
          "BSD-2-CLAUSE",
          "BSD-3-CLAUSE",
          "MPL-2.0",
          "GPL-3.0-OR-LATER",
          "AGPL-3.0-OR-LATER",
          "LGPL-3.0-OR-LATER",
          "CC0-1.0",
          "CC-BY-4.0");

  private static final double LEAST_RETENTION = 0.25;
  private static final Kind REPLICATION = Kind.REPLICATION;

  public void register(Functions functions) {
    guards(functions);
    functions
        .effect(
            "portabilityReport",
            (s, _) -> {
              asked().report().ifPresent(report -> s.set("report", report.toValue()));
              return true;
            })
        .effect("createLocalServiceDraft", (s, _) -> draft(s))
        .effect(
            "mappingStub",
            (s, _) -> {
              report(s, "mapping").ifPresent(mapping -> s.set("mapping", mapping));
              return true;
            })
        .effect("gapsToOriginBacklog", (s, _) -> backlog(s))
        .effect(
            "notifyOrigin",
            (s, _) -> {
              s.tell("origin of the package", s.record().id());
              return true;
            })
        .effect("creditOrigin", (s, _) -> credit(s))
        .intake(REPLICATION, "assess", s -> keep(s, "packageDigest", 80))
        .intake(REPLICATION, "adapt", s -> keep(s, "agreement", 4_000))
        .intake(REPLICATION, "deploy", s -> keep(s, "localService", 2_048))
        .settle(REPLICATION, "deploy", s -> s.set("deployedAt", s.now()))
        .settle(REPLICATION, "confirm", s -> s.set("confirmedAt", s.now()));
  }

  private static ReplicationDesk.Asked asked() {
    return ASKED.orElse(ReplicationDesk.Asked.NOTHING);
  }

  private static void guards(Functions functions) {
    functions
        .guard("packageDigestVerified", (s, _) -> digestVerified(s))
        .guard(
            "targetCatalogueReachable",
            (s, _) ->
                asked().report().isPresent()
                    ? empty()
                    : Optional.of(
                        asked().problem().isEmpty()
                            ? "the city's catalogue must answer"
                            : asked().problem()))
        .guard(
            "allMandatorySatisfiedOrMapped",
            (s, _) ->
                report(s, "deployable").filter(Value.of(true)::equals).isPresent()
                    ? empty()
                    : Optional.of(
                        "first offer: "
                            + report(s, "gaps").map(ReplicationWords::list).orElse("a report")))
        .guard("packageLicenceAllows", (s, _) -> licenceAllows(s))
        .guard(
            "agreement",
            (s, _) ->
                s.record().has("agreement")
                    ? empty()
                    : Optional.of("send the agreement with its owner"))
        .guard("localServiceLIVE", (s, _) -> localServiceLive())
        .guard("90dRetention", (s, _) -> retained(s));
  }

  /// Who takes a package up says which: what they hold is what was sealed.
  private static Optional<String> digestVerified(Situation s) {
    var taken = taken(s);
    if (taken.isEmpty()) return Optional.of("there is no such package");
    if (!PackageDesk.recomputes(taken.get()))
      return Optional.of(taken.get().id() + " does not hash to its digest");
    return s.record().findText("packageDigest").equals(taken.get().findText("digest"))
        ? empty()
        : Optional.of("send packageDigest, the digest of the package you hold");
  }

  private static Optional<Dossier> taken(Situation s) {
    return s.record().findText("package").flatMap(id -> s.find(Kind.SOLUTION_PACKAGE, id));
  }

  private static Optional<Value> report(Situation s, String member) {
    return s.record()
        .findStruct("report")
        .flatMap(report -> Optional.ofNullable(report.members().get(member)));
  }

  private static String list(Value gaps) {
    var texts = new ArrayList<String>();
    if (gaps instanceof Value.Items(var items))
      for (var item : items) if (item instanceof Value.Text(var text)) texts.add(text);
    return String.join("; ", texts);
  }

  private static Optional<String> licenceAllows(Situation s) {
    var licence = taken(s).flatMap(one -> one.findText("licence")).orElse("");
    return OPEN.contains(licence.toUpperCase(Locale.ROOT))
        ? empty()
        : Optional.of("its licence " + licence + " is not open");
  }

  private static Optional<String> localServiceLive() {
    var service = asked().service();
    if (!asked().problem().isEmpty()) return Optional.of(asked().problem());
    if (!(service instanceof Value.Struct(var members)))
      return Optional.of("send localService, the address of the service in the other city's Plaza");
    var state = members.get("state");
    return Value.of("LIVE").equals(state) || Value.of("RENEWAL_DUE").equals(state)
        ? empty()
        : Optional.of("launch the service there first");
  }

  private static Optional<String> retained(Situation s) {
    var retention = s.record().find("localRetention");
    if (retention.isEmpty()) return Optional.of("wait until day 97 after it was deployed");
    return retention.get().asNumber() >= LEAST_RETENTION
        ? empty()
        : Optional.of("of those who began there fewer than a quarter stayed");
  }

  /// What the other city's Plaza takes at `POST /api/v1/services`, to begin from.
  private static boolean draft(Situation s) {
    var taken = taken(s).orElseThrow();
    var draft = new LinkedHashMap<String, Value>();
    draft.put("title", Value.of(taken.text("title")));
    draft.put(
        "withoutPilot",
        Value.of(
            "Taken up from another city as package %s, version %s."
                .formatted(taken.id(), taken.text("version"))));
    for (var name : new String[] {"licence", "dataRequirements"})
      taken.find(name).ifPresent(value -> draft.put(name, value));
    s.set("serviceDraft", new Value.Struct(draft));
    return true;
  }

  /// The origin learns what others lacked.
  private static boolean backlog(Situation s) {
    var taken = taken(s).orElseThrow();
    var gap = new LinkedHashMap<String, Value>();
    gap.put("replication", Value.of(s.record().id()));
    s.record().find("city").ifPresent(city -> gap.put("city", city));
    report(s, "gaps").ifPresent(gaps -> gap.put("gaps", gaps));
    s.work().save(appended(taken, "backlog", new Value.Struct(gap)));
    s.tell("origin of the package, what was lacking", taken.id());
    return true;
  }

  private static boolean credit(Situation s) {
    var taken = taken(s).orElseThrow();
    s.work()
        .save(
            appended(
                taken,
                "replicatedBy",
                new Value.Struct(
                    Map.of(
                        "replication", Value.of(s.record().id()),
                        "organisation", Value.of(s.record().text("organisation")),
                        "at", Value.of(s.now().toString())))));
    s.tell("origin of the package, with thanks", taken.id());
    return true;
  }

  private static Dossier appended(Dossier record, String field, Value item) {
    var items = new ArrayList<>(record.items(field));
    items.add(item);
    return record.with(field, new Value.Items(items));
  }
}
