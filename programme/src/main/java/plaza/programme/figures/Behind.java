package plaza.programme.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// The records behind a figure, one row each, with what each counts as: adding the rows up gives
/// the figure.
final class Behind {
  private static final double SECONDS_A_DAY = 86_400;

  private Behind() {}

  static List<Value.Struct> of(Figure figure, CityRecords records, Window window) {
    return switch (figure) {
      case CONVERSION, COMPLETION -> started(records, window);
      case DURABLE_SCALE -> scaled(records, window);
      case DEMAND_COVERAGE -> clusters(records);
      case TIME_TO_PILOT -> stretches(records, window);
      case LEVERAGE -> commitments(records, window);
      case RETENTION -> cohorts(records, window);
      case COLLABORATION ->
          Network.rows(Network.recent(Network.works(records, window), window)).items().stream()
              .map(row -> (Value.Struct) row)
              .toList();
    };
  }

  private static List<Value.Struct> started(CityRecords records, Window window) {
    var rows = new ArrayList<Value.Struct>();
    for (var pilot : records.all(Kind.PILOT)) {
      var started = records.first(Milestone.PILOT_STARTED, pilot.id());
      if (started == null || !window.contains(started)) continue;
      var as = new Conversion.Pilot(pilot.state(), started, null);
      if (!as.hasStarted()) continue;
      rows.add(
          Row.of(pilot)
              .with("startedAt", started)
              .with("scaled", pilot.is("SCALED"))
              .with("ended", as.hasEnded())
              .with("open", as.isOpen())
              .struct());
    }
    return rows;
  }

  private static List<Value.Struct> scaled(CityRecords records, Window window) {
    var rows = new ArrayList<Value.Struct>();
    for (var pilot : records.all(Kind.PILOT)) {
      var started = records.first(Milestone.PILOT_STARTED, pilot.id());
      if (started == null || !window.contains(started) || !pilot.is("SCALED")) continue;
      var durable = ProgrammeFigures.durable(records, pilot, window);
      rows.add(
          Row.of(pilot)
              .with("scaledAt", records.first(Milestone.PILOT_SCALED, pilot.id()))
              .with("yearIsOver", durable != null)
              .with("live", durable == null ? null : Value.of(durable.booleanValue()))
              .struct());
    }
    return rows;
  }

  private static List<Value.Struct> clusters(CityRecords records) {
    var rows = new ArrayList<Value.Struct>();
    var answering = new Answering(records);
    for (var cluster : records.all(Kind.NEED_CLUSTER)) {
      if (cluster.is("DISSOLVED")) continue;
      rows.add(
          Row.of(cluster)
              .with("supporters", Value.of(records.supporters().count(cluster.texts("needs"))))
              .with("answered", answering.isAnswered(cluster))
              .with(
                  "answeredBy",
                  Value.of(
                      answering.pilots(cluster).stream()
                          .filter(pilot -> !pilot.kind().isConcealed(pilot.state()))
                          .map(Dossier::id)
                          .toList()))
              .struct());
    }
    return rows;
  }

  private static List<Value.Struct> stretches(CityRecords records, Window window) {
    var rows = new ArrayList<Value.Struct>();
    for (var one : ProgrammeFigures.milestones(records, window)) {
      var reached = one.reached();
      rows.add(
          Row.of(one.pilot())
              .with("days", days(reached.challengeOpenedAt(), reached.activeAt()))
              .with("daysFromNeed", days(reached.needPublishedAt(), reached.activeAt()))
              .with("daysToFirstData", days(reached.selectedAt(), reached.firstDataAt()))
              .with("needPublishedAt", reached.needPublishedAt())
              .with("challengeOpenedAt", reached.challengeOpenedAt())
              .with("selectedAt", reached.selectedAt())
              .with("activeAt", reached.activeAt())
              .with("firstDataAt", reached.firstDataAt())
              .struct());
    }
    return rows;
  }

  private static @Nullable Double days(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null || to.isBefore(from)
        ? null
        : (Double) (Duration.between(from, to).toMillis() / 1_000.0 / SECONDS_A_DAY);
  }

  private static List<Value.Struct> commitments(CityRecords records, Window window) {
    var rows = new ArrayList<Value.Struct>();
    for (var one : Purse.standing(records, window)) {
      var money = one.commitment();
      boolean concealed = one.source().kind().isConcealed(one.source().state());
      rows.add(
          Row.of(one.source())
              .with(
                  "organisation", concealed ? "" : one.source().findText("organisation").orElse(""))
              .with("public", money.isPublic())
              .with("currency", money.currency())
              .with("inKind", money.inKind())
              .with("committed", money.committed().toPlainString())
              .with("closed", money.closed().toPlainString())
              .with("disbursed", money.disbursed().toPlainString())
              .struct());
    }
    return rows;
  }

  private static List<Value.Struct> cohorts(CityRecords records, Window window) {
    var rows = new ArrayList<Value.Struct>();
    for (var one : ProgrammeFigures.cohorts(records, window)) {
      var cohort = one.cohort();
      boolean shown = cohort.isShown();
      rows.add(
          Row.of(one.cell())
              .with("service", one.cell().text("service"))
              .with("cohort", one.cell().text("cohort"))
              .with("members", shown ? Value.of(cohort.members()) : null)
              .with("active", shown ? Value.of(cohort.active()) : null)
              .with("suppressed", !shown)
              .struct());
    }
    return rows;
  }
}
