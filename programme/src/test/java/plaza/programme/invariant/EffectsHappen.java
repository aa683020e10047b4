package plaza.programme.invariant;

import static plaza.programme.record.Kind.BOOKING;
import static plaza.programme.record.Kind.CHALLENGE;
import static plaza.programme.record.Kind.DATA_GRANT;
import static plaza.programme.record.Kind.EVALUATION;
import static plaza.programme.record.Kind.EXPLORATION;
import static plaza.programme.record.Kind.FUNDING_ROUND;
import static plaza.programme.record.Kind.GATE_DECISION;
import static plaza.programme.record.Kind.INDICATOR;
import static plaza.programme.record.Kind.MODERATION_CASE;
import static plaza.programme.record.Kind.NEED;
import static plaza.programme.record.Kind.PILOT;
import static plaza.programme.record.Kind.PROPOSAL;
import static plaza.programme.record.Kind.REVIEW;
import static plaza.programme.record.Kind.SERVICE;
import static plaza.programme.record.Kind.SERVICE_REQUEST;
import static plaza.programme.record.Kind.SOLUTION_PACKAGE;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import plaza.programme.invariant.Records.Link;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.procedure.Procedures;
import plaza.programme.procedure.Step;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Every effect that a procedure writes to a step did happen with it, in the same write: what each
/// word promises is asked of what was written.
final class EffectsHappen extends Invariant {
  private static final String[] LIVING = {"APPROVED", "ACTIVE", "SUSPENDED"};

  /// By the word, what must be so after a step with that effect.
  static final Map<String, Predicate<Taken>> WORDS = words();

  private final Procedures procedures = Procedures.load();
  private final Set<String> seen = new TreeSet<>();

  EffectsHappen() {
    super("effects");
  }

  /// The words that were looked at.
  Set<String> seen() {
    return seen;
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var link : moment.links()) {
      var kind = Kind.find(link.kind()).flatMap(one -> procedures.find(one));
      if (kind.isEmpty()) continue;
      kind.get().from(link.from()).stream()
          .filter(step -> step.action().equals(link.action()) && step.to().equals(link.to()))
          .forEach(step -> taken(city, records, moment, link, step));
    }
  }

  private void taken(SmallCity city, Records records, Moment moment, Link link, Step step) {
    for (var change : moment.changes()) {
      var after = change.after();
      if (after == null || !after.id().equals(link.subject())) continue;
      for (var effect : step.effects()) {
        for (var term : effect.alternatives()) seen.add(term.name());
        require(
            effect.alternatives().stream()
                .anyMatch(term ->
                    holds(
                        new Taken(city, records, moment, link, change.before(), after, term.text()),
                        term)),
            "%s of %s did not happen: %s",
            effect.text(),
            link,
            after);
      }
    }
  }

  private static boolean holds(Taken taken, Term term) {
    var word = WORDS.get(term.name());
    if (word == null)
      throw new AssertionError("nobody says what the effect " + term.name() + " does");
    return word.test(taken);
  }

  private static Map<String, Predicate<Taken>> words() {
    Map<String, Predicate<Taken>> words = new HashMap<>();
    told(words);
    published(words);
    demand(words);
    calls(words);
    pilots(words);
    grants(words);
    bookings(words);
    services(words);
    replications(words);
    words.put("lessonRequired", t -> t.after().flag("lessonRequired") && t.sets("lessonDueAt"));
    words.put("requireLesson", t -> t.after().flag("lessonRequired"));
    words.put("recomputeLeverage", t -> t.sets("leverage", "committed"));
    words.put("releaseCommitments", t -> t.none(Kind.COMMITMENT, "round", "OFFERED", "COMMITTED"));
    // Every step is in the audit chain; that this one is read here shows it.
    for (var word : List.of("log", "logReason")) words.put(word, t -> t.link().number() > 0);
    return words;
  }

  private static void told(Map<String, Predicate<Taken>> words) {
    Map.ofEntries(
            Map.entry("notify", "parties of"),
            Map.entry("notifyAuthor", "author of"),
            Map.entry("notifyFollowers", "followers of"),
            Map.entry("notifyNeedFollowers", "need followers of"),
            Map.entry("notifyOwner", "owner department of"),
            Map.entry("notifySponsor", "sponsor of"),
            Map.entry("notifyDrafts", "authors of drafts of"),
            Map.entry("feedbackToAll", "proposers"),
            Map.entry("sendUserSurvey", "users, with a survey"),
            Map.entry("notifyInvestors", "investors of"),
            Map.entry("notifyModerators", "moderator"),
            Map.entry("notifyOfficer", "regulatoryOfficer"),
            Map.entry("notifyOrigin", "origin of the package"),
            Map.entry("notifyScreener", "pmo, of the appeal"),
            Map.entry("notifyUsers", "users of"),
            Map.entry("remindModerators", "moderator, an appeal is overdue"),
            Map.entry("showLicenceAndSensitivity", "dataSteward, licence and sensitivity"),
            Map.entry("suggestSyntheticAlternative", "requester, synthetic data"),
            Map.entry("issueApiKeys", "team, to take a key"),
            Map.entry("reassign", "pmo, to reassign"))
        .forEach((word, audience) -> words.put(word, t -> t.tells(audience)));
  }

  private static void published(Map<String, Predicate<Taken>> words) {
    Map.of(
            "icsEvent", "calendar entry",
            "publish", "renewal",
            "publishExportPath", "export path",
            "publishPublicPage", "pilot page",
            "publishRegister", "register of exemptions",
            "statusPage", "status page",
            "catalogueEntry", "catalogue entry")
        .forEach((word, what) -> words.put(word, t -> t.tells("publish " + what)));
    for (var word : List.of("OCDS", "publishOCDS"))
      words.put(word, t -> t.tells("publish OCDS " + t.arguments()));
    words.put(
        "360Giving",
        t ->
            t.tells("publish 360Giving")
                == t.opens(Kind.DISBURSEMENT, one -> one.texts("financeType").contains("grant")));
    words.put("ics", t -> t.tells("publish calendar") && t.counts("sequence"));
    words.put("publishPrecedent", t -> t.tells("publish precedent") && t.after().flag("precedent"));
  }

  private static void demand(Map<String, Predicate<Taken>> words) {
    words.put("startClock", t -> due(t, "answerDueAt"));
    words.put("openContestWindow", t -> due(t, "contestUntil"));
    words.put("incReopenCount", t -> t.counts("reopened"));
    words.put("logPublicCount", t -> t.counts("hidings"));
    words.put("suggestCluster", t -> t.after().is("PUBLISHED"));
    words.put(
        "recountDistinctSupporters",
        t ->
            t.after().texts("needs").stream()
                .allMatch(
                    id -> t.records().get(NEED, id).texts("cluster").contains(t.after().id())));
    words.put("freeNeeds", t -> t.of(NEED, "cluster").isEmpty());
    words.put(
        "noteObjection",
        t -> !t.link().role().equals("authorObjection") || !t.of(NEED, "objectedTo").isEmpty());
    words.put(
        "openModerationCase",
        t -> t.opens(MODERATION_CASE, one -> one.is("DECIDED") && one.has("appealUntil")));
    words.put("settleModerationCase", t -> t.none(MODERATION_CASE, "need", "DECIDED"));
    words.put("reinstateNeed", t -> t.get(NEED, "need").is("PUBLISHED"));
    words.put(
        "createServiceRequest",
        t -> t.opens(SERVICE_REQUEST, one -> one.texts("need").contains(t.after().id())));
    words.put("createNeed", t -> t.opens(NEED, _ -> t.sets("need")));
  }

  private static boolean due(Taken taken, String field) {
    return taken.after().findMoment(field).filter(at -> at.isAfter(taken.link().at())).isPresent();
  }

  private static void calls(Map<String, Predicate<Taken>> words) {
    words.put(
        "dataReadinessCheck",
        t -> t.sets("dataReadiness") || t.after().items("indicators").isEmpty());
    words.put("freezeRubric", t -> t.sets("rubricHash", "approvedBy"));
    words.put("unsealProposals", t -> t.sets("unsealedAt"));
    words.put(
        "assignReviews",
        t ->
            t.records().all(PROPOSAL, "challenge", t.after().id()).stream()
                .filter(one -> one.is("ELIGIBLE", "SHORTLISTED"))
                .allMatch(one ->
                    t.records().all(REVIEW, "proposal", one.id()).size()
                        >= t.after().texts("panel").size()));
    words.put(
        "admitLate",
        t ->
            !t.get(CHALLENGE, "challenge").is("EVALUATING") || !t.of(REVIEW, "proposal").isEmpty());
    words.put(
        "createPilots",
        t ->
            t.after().texts("selected").stream()
                .allMatch(id -> t.records().all(PILOT, "proposal", id).size() == 1));
    words.put("createPilot", t -> t.of(PILOT, "proposal").size() == 1);
    words.put("seal", t -> t.sets("sealHash", "sealedAt"));
    words.put("receipt", t -> t.sets("sealHash"));
    words.put("breakSealLogged", t -> t.clears("sealHash", "sealedAt"));
    words.put("appealWindow", t -> due(t, "appealUntil") && t.sets("screenedBy"));
    words.put("openSealedProposal", t -> t.sets("openedAt"));
    words.put("lockScore", t -> t.sets("lockedHash"));
    words.put("keepVersion", t -> t.counts("revisions"));
    for (var word : List.of("discardDraftScore", "voidScore"))
      words.put(word, t -> t.clears("scores"));
    words.put("createExplorationContract", t -> t.opens(EXPLORATION, one -> one.is("SIGNING")));
    words.put("dataGrant", t -> t.opens(DATA_GRANT, one -> one.has("exploration")));
    words.put(
        "beginExploration",
        t -> t.sets("startedAt", "endDate") && t.none(DATA_GRANT, "exploration", "APPROVED"));
    words.put(
        "endSampleGrant", t -> t.sets("endedAt") && t.none(DATA_GRANT, "exploration", LIVING));
    words.put("endExploration", t -> t.none(EXPLORATION, "proposal", "SIGNING", "ACTIVE"));
  }

  private static void pilots(Map<String, Predicate<Taken>> words) {
    words.put("createSandboxNamespace", t -> t.sets("namespace"));
    words.put("pauseKpiClock", t -> t.sets("pausedAt"));
    words.put("amendAgreement", t -> t.counts("extensions") && t.sets("previousEnd"));
    words.put(
        "publicAmendmentNote",
        t ->
            t.tells("publish amendment note")
                && t.of(INDICATOR, "pilot").stream().anyMatch(one -> one.count("revision") > 1));
    words.put(
        "freezeMeasurements",
        t -> indicators(t).stream().allMatch(one -> !one.has("baseline") || one.has("measuredAt")));
    words.put(
        "computeVerdicts",
        t -> indicators(t).stream().allMatch(one -> !one.has("measured") || one.has("verdict")));
    words.put(
        "draftEvaluation",
        t -> t.find(EVALUATION, "evaluation").filter(one -> one.is("DRAFT")).isPresent());
    words.put(
        "openFundingRound",
        t -> t.opens(FUNDING_ROUND, one -> one.texts("pilot").contains(t.after().id())));
    words.put(
        "createServiceDraft",
        t ->
            t.opens(
                SERVICE, one -> one.is("DRAFT") && one.texts("pilot").contains(t.after().id())));
    for (var word : List.of("suspendPilot", "suspendPilotIfActive"))
      words.put(
          word,
          t ->
              t.find(PILOT, "pilot").stream()
                  .noneMatch(one -> one.is("ACTIVE") && isSuspendedFor(t)));
    words.put(
        "novateAgreement",
        t -> t.counts("agreementVersion") && t.clears("novation", "novationConsents"));
    words.put(
        "passToNewParty",
        t ->
            t.of(DATA_GRANT, "pilot").stream()
                .filter(one -> !one.is("REFUSED", "REVOKED", "EXPIRED"))
                .allMatch(
                    one -> one.texts("organisation").equals(t.after().texts("organisation"))));
    words.put("voidOpenGates", t -> t.none(GATE_DECISION, "pilot", "OPEN"));
    words.put("endOldKeys", t -> t.sets("lastNovatedAt"));
  }

  /// A pilot goes on under a case that took the ended one's place.
  private static boolean isSuspendedFor(Taken taken) {
    return taken.records().all(Kind.REGULATORY_CASE, "supersedes", taken.after().id()).isEmpty();
  }

  private static List<Dossier> indicators(Taken taken) {
    return taken.of(INDICATOR, "pilot");
  }

  private static void grants(Map<String, Predicate<Taken>> words) {
    words.put("activateDataGrants", t -> t.none(DATA_GRANT, "pilot", "APPROVED"));
    words.put("suspendDataGrants", t -> t.none(DATA_GRANT, "pilot", "ACTIVE"));
    words.put(
        "resumeDataGrants",
        t ->
            t.of(DATA_GRANT, "pilot").stream()
                    .noneMatch(
                        one -> one.is("SUSPENDED") && because(one).startsWith("pilotSuspended"))
                && t.were(DATA_GRANT, "pilot", "SUSPENDED")
                    .allMatch(one -> because(one.before()).startsWith("pilotSuspended")));
    words.put("revokeDataGrants", t -> t.none(DATA_GRANT, "pilot", LIVING));
    words.put(
        "extendGrants",
        t ->
            t.of(DATA_GRANT, "pilot").stream()
                .filter(one -> one.is(LIVING))
                .allMatch(one -> one.moment("endDate").equals(t.after().moment("endDate"))));
    for (var word : List.of("bindScopesToKey", "keys403within60s"))
      words.put(word, t -> t.after().is(t.link().to()));
    words.put("grantServiceKeys", t -> t.tells("service owner, to take a key"));
    words.put("suspendServiceGrants", t -> t.none(DATA_GRANT, "service", "ACTIVE"));
    words.put(
        "resumeServiceGrants",
        t ->
            t.of(DATA_GRANT, "service").stream()
                .noneMatch(
                    one -> one.is("SUSPENDED") && because(one).startsWith("serviceSuspended")));
    words.put("limitServiceGrants", t -> ends(t, "sunsetDate", true));
    words.put("extendServiceGrants", t -> ends(t, "renewalDate", false));
  }

  private static String because(Dossier grant) {
    return grant.findText("because").orElse("");
  }

  private static boolean ends(Taken taken, String field, boolean orEarlier) {
    Instant end = taken.after().moment(field);
    return taken.of(DATA_GRANT, "service").stream()
        .filter(one -> one.is(LIVING))
        .map(one -> one.moment("endDate"))
        .allMatch(at -> at.equals(end) || (orEarlier && at.isBefore(end)));
  }

  private static void bookings(Map<String, Predicate<Taken>> words) {
    words.put("free", t -> !t.after().is("CONFIRMED", "IN_USE"));
    words.put("offerWaitlist", t -> !t.after().is("CONFIRMED", "IN_USE"));
    words.put("suggestAlternatives", t -> t.tells("parties, with alternatives"));
    words.put(
        "dismantleTask",
        t -> t.sets("dismantle") == t.after().texts("placeKind").contains("testField"));
    words.put(
        "fieldBooking.startUse",
        t ->
            t.of(BOOKING, "pilot").stream()
                .noneMatch(one ->
                    one.is("CONFIRMED")
                        && !t.link().at().isBefore(one.moment("start"))
                        && t.link().at().isBefore(one.moment("end"))));
    words.put("releaseBookings", t -> t.none(BOOKING, "pilot", "REQUESTED", "CONFIRMED", "IN_USE"));
    words.put(
        "extendBookings",
        t ->
            t.were(BOOKING, "pilot", "CONFIRMED", "IN_USE")
                .allMatch(one ->
                    one.after() != null
                        && !one.after().moment("end").isBefore(one.before().moment("end"))));
  }

  private static void services(Map<String, Predicate<Taken>> words) {
    words.put("computeRenewalEvidence", t -> t.sets("renewalEvidence"));
    words.put("extend", t -> t.after().moment("renewalDate").isAfter(t.link().at()));
    words.put("archive", t -> t.sets("retiredAt"));
  }

  private static void replications(Map<String, Predicate<Taken>> words) {
    words.put("portabilityReport", t -> t.sets("report"));
    words.put("createLocalServiceDraft", t -> t.sets("serviceDraft"));
    words.put("mappingStub", t -> t.sets("mapping") || t.after().is("ADAPTING"));
    words.put(
        "gapsToOriginBacklog", t -> !t.get(SOLUTION_PACKAGE, "package").items("backlog").isEmpty());
    words.put(
        "creditOrigin", t -> !t.get(SOLUTION_PACKAGE, "package").items("replicatedBy").isEmpty());
  }
}
