package plaza.programme.figures;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// Works the figures out from records that somebody sends, so that anyone can check the formulae.
///
/// Each list of records that is there is answered with its figure: `commitments` with `leverage`,
/// `pilots` with `conversion` and `timeToPilotDays`, `clusters` with `demandCoverage`, `cohorts`
/// with `retention`, `edges` with `collaboration`, `requirements` with `portability`.
public final class Computation {
  /// More records of a kind are refused.
  public static final int MOST = 200_000;

  private static final BigDecimal NONE = BigDecimal.ZERO;

  private Computation() {}

  /// @param now when the request does not say `asOf`
  public static Value.Struct of(Value.Struct request, Instant now) {
    var all = Submitted.of("the request", request);
    var window = Submitted.window(all, now);
    var answers = new LinkedHashMap<String, Value>();
    if (all.has("commitments")) answers.put("leverage", Leverage.of(commitments(all), window));
    if (all.has("pilots")) {
      var pilots = limited(all, "pilots");
      answers.put(
          "conversion", Conversion.of(pilots.stream().map(Computation::pilot).toList(), window));
      answers.put(
          "timeToPilotDays",
          TimeToPilot.of(pilots.stream().map(Computation::milestones).toList(), window));
    }
    if (all.has("clusters")) {
      answers.put("demandCoverage", DemandCoverage.of(clusters(all), window));
    }
    if (all.has("cohorts"))
      answers.put(
          "retention",
          Retention.of(limited(all, "cohorts").stream().map(Computation::cohort).toList(), window));
    if (all.has("edges"))
      answers.put(
          "collaboration",
          Collaboration.of(
              organisations(all),
              limited(all, "edges").stream().map(Computation::joint).toList(),
              window.until(),
              window));
    if (all.has("requirements"))
      answers.put(
          "portability",
          Portability.of(
              limited(all, "requirements").stream().map(Computation::requirement).toList(),
              window));
    if (answers.isEmpty())
      throw new Refusal.Invalid(
          "send records to compute with: commitments, pilots, clusters, cohorts, edges (with"
              + " organisations) or requirements");
    return new Value.Struct(answers);
  }

  private static List<Submitted> limited(Submitted all, String name) {
    var records = all.each(name);
    if (records.size() > MOST)
      throw new Refusal.TooLarge(name + " may hold at most " + MOST + " records");
    return records;
  }

  private static List<Leverage.Commitment> commitments(Submitted all) {
    var currency = Objects.requireNonNullElse(all.text("currency"), "");
    return limited(all, "commitments").stream().map(one -> commitment(one, currency)).toList();
  }

  private static Leverage.Commitment commitment(Submitted one, String otherwise) {
    var amount = one.amount("committed", "amount", "value");
    if (amount == null) throw new Refusal.Invalid(one.of() + " needs amount");
    if (amount.signum() < 0) throw one.wrong("amount", "0 or more");
    var state =
        Objects.requireNonNullElse(one.text("state", "status", "stage"), "committed")
            .toLowerCase(java.util.Locale.ROOT);
    boolean isClosed = List.of("closed", "disbursed", "completed").contains(state);
    boolean isDisbursed = List.of("disbursed", "completed").contains(state);
    var disbursed = cut(one, "disbursed", amount, isDisbursed);
    return new Leverage.Commitment(
        publicShare(one),
        Objects.requireNonNullElse(one.text("currency"), otherwise),
        isInKind(one),
        amount,
        cut(one, "closed", amount, isClosed || disbursed.signum() > 0),
        disbursed);
  }

  /// A cut is an amount of its own, or a flag that all of the commitment is in it.
  private static BigDecimal cut(Submitted one, String name, BigDecimal amount, boolean otherwise) {
    if (one.members().members().get(name) instanceof Value.Flag(boolean set))
      return set ? amount : NONE;
    var own = one.amount(name);
    return own != null ? own : otherwise ? amount : NONE;
  }

  private static BigDecimal publicShare(Submitted one) {
    var isPublic = one.flag("public", "isPublic");
    if (isPublic != null) return isPublic ? BigDecimal.ONE : NONE;
    var share = one.amount("publicShare");
    if (share == null && one.members().members().get("party") instanceof Value.Struct party)
      share = Submitted.of(one.of() + ".party", party).amount("publicShare");
    if (share == null) {
      var sector = one.text("sector", "source");
      if ("public".equals(sector)) return BigDecimal.ONE;
      if ("private".equals(sector)) return NONE;
      throw new Refusal.Invalid(
          one.of() + " needs publicShare, how much of the party is publicly owned, from 0 to 1");
    }
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)
      throw one.wrong("publicShare", "from 0 to 1");
    return share;
  }

  private static boolean isInKind(Submitted one) {
    var flag = one.flag("inKind");
    if (flag != null) return flag;
    var kind = one.text("kind", "form");
    if (kind == null || kind.equals("cash")) return false;
    if (kind.equals("inKind") || kind.equals("in kind") || kind.equals("in-kind")) return true;
    throw one.wrong("kind", "cash or inKind");
  }

  private static Conversion.Pilot pilot(Submitted one) {
    var startedAt = one.moment("startedAt", "activeAt", "startDate");
    var year = one.amount("startYear", "year");
    if (startedAt == null && year != null)
      startedAt = Year.of(year.intValue()).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Conversion.Pilot(
        one.requiredText("state"),
        startedAt,
        one.flag("durable", "serviceLiveAfter12Months", "liveAfter12Months"));
  }

  private static TimeToPilot.Milestones milestones(Submitted one) {
    return new TimeToPilot.Milestones(
        one.moment("needPublishedAt"),
        one.moment("challengeOpenedAt", "openedAt", "openAt"),
        one.moment("selectedAt"),
        one.moment("activeAt", "startedAt"),
        one.moment("firstDataAt", "firstDataCallAt"));
  }

  private static List<DemandCoverage.Cluster> clusters(Submitted all) {
    var pilots = statesByCluster(all, "pilots");
    var services = statesByCluster(all, "services");
    var found = new ArrayList<DemandCoverage.Cluster>();
    for (var one : limited(all, "clusters")) {
      if (Boolean.FALSE.equals(one.flag("published"))) continue;
      var answered = one.flag("answered", "covered");
      found.add(
          new DemandCoverage.Cluster(
              one.texts("supporters"),
              answered != null ? answered : isAnswered(one, pilots, services)));
    }
    return found;
  }

  private static boolean isAnswered(
      Submitted one, Map<String, List<String>> pilots, Map<String, List<String>> services) {
    var id = Objects.requireNonNullElse(one.text("id"), "");
    var pilotStates = new ArrayList<>(pilots.getOrDefault(id, List.of()));
    var serviceStates = new ArrayList<>(services.getOrDefault(id, List.of()));
    pilotStates.addAll(one.texts("pilotStates", "pilotState"));
    serviceStates.addAll(one.texts("serviceStates", "serviceState"));
    return DemandCoverage.answers(pilotStates, serviceStates);
  }

  /// Pilots and services that name the cluster they answer.
  private static Map<String, List<String>> statesByCluster(Submitted all, String name) {
    var states = new HashMap<String, List<String>>();
    for (var one : all.each(name)) {
      var state = one.text("state");
      if (state == null) continue;
      for (var cluster : one.texts("cluster", "clusters"))
        states.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(state);
    }
    return states;
  }

  private static Retention.Cohort cohort(Submitted one) {
    var members = one.count("members", "size", "n");
    var active = one.count("active", "active90", "activeDay90to96", "retained");
    if (members == null || active == null)
      throw new Refusal.Invalid(one.of() + " needs members and active, as counts or lists");
    if (active > members) throw one.wrong("active", "at most members");
    return new Retention.Cohort(
        Objects.requireNonNullElse(one.text("cohort", "name", "id"), ""), members, active);
  }

  private static List<Collaboration.Organisation> organisations(Submitted all) {
    var found = new ArrayList<Collaboration.Organisation>();
    for (var name : List.of("organisations", "organizations", "nodes"))
      if (all.members().members().get(name) instanceof Value.Items(var items))
        for (var item : items) found.add(organisation(name, item));
    return found;
  }

  private static Collaboration.Organisation organisation(String list, Value item) {
    if (item instanceof Value.Text(var id)) return new Collaboration.Organisation(id, null, null);
    var one = Submitted.of(list, item);
    return new Collaboration.Organisation(
        one.requiredText("id"), one.text("sector", "kind"), one.text("group", "cluster"));
  }

  private static Collaboration.Joint joint(Submitted one) {
    return new Collaboration.Joint(
        one.requiredText("from", "source", "one", "a"),
        one.requiredText("to", "target", "other", "b"),
        kind(one.text("kind", "type")),
        one.moment("at", "date"));
  }

  private static String kind(@Nullable String text) {
    return switch (text) {
      case null -> "pilot";
      case "jointProposal" -> "proposal";
      case "jointPilot" -> "pilot";
      case "jointFunding" -> "funding";
      case "jointPackage" -> "package";
      case String other -> other;
    };
  }

  private static Portability.Requirement requirement(Submitted one) {
    return new Portability.Requirement(
        Objects.requireNonNullElse(one.text("name", "id"), one.of()),
        Objects.requireNonNullElse(one.amount("weight"), BigDecimal.ONE),
        Boolean.TRUE.equals(one.flag("mandatory")),
        Portability.Fit.of(one.requiredText("fit", "status", "state")));
  }
}
