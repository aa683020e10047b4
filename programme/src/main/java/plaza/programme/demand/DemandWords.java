package plaza.programme.demand;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.keep;
import static plaza.programme.procedure.CommonWords.stated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedures Need and NeedCluster mean.
public final class DemandWords {
  private static final List<String> REASON_CODES =
      List.of("offTopic", "personalData", "offensive", "spam", "notInCity", "duplicate");

  private final SimilarNeeds similar;
  private final Rules rules;

  public DemandWords(SimilarNeeds similar, Rules rules) {
    this.similar = similar;
    this.rules = rules;
  }

  public void register(Functions functions) {
    needGuards(functions);
    needEffects(functions);
    clusters(functions);
    functions
        .relation(
            "author",
            (s, who) ->
                (who.how().isEmpty()
                        || who.how().contains(s.caller().isSignedIn() ? "account" : "token"))
                    && NeedDesk.isAuthor(s.caller(), s.record()))
        .relation(
            "supporter", (s, _) -> NeedDesk.isSupporter(s.work(), s.record().id(), s.caller()))
        .relation(
            "authorObjection",
            (s, _) ->
                s.input()
                    .findUri("need")
                    .flatMap(id -> s.find(Kind.NEED, id))
                    .filter(need -> NeedDesk.isAuthor(s.caller(), need))
                    .isPresent());
  }

  private void needGuards(Functions functions) {
    functions
        .guard("moderationClear", (s, _) -> moderationClear(s))
        .guard(
            "reasonCode",
            (s, _) ->
                s.input().findOneOf("reasonCode", REASON_CODES.toArray(String[]::new)).isPresent()
                    ? empty()
                    : Optional.of("send a reasonCode: " + String.join(", ", REASON_CODES)))
        .guard(
            "ownerDepartmentSet",
            (s, _) -> s.record().has("department") ? empty() : Optional.of("send a department"))
        .guard(
            "noSupports",
            (s, _) ->
                s.record().count("supporters") == 0
                    ? empty()
                    : Optional.of(s.record().count("supporters") + " people support it"))
        .guard(
            "pmoConsent",
            (s, _) ->
                s.record().has("withdrawalConsent")
                    ? empty()
                    : Optional.of("ask the pmo to consent"))
        .guard("linkedChallengeNotDraft", (s, _) -> linkedChallengeNotDraft(s))
        .guard("evidenceServiceOrAction", (s, _) -> stated(s, "evidence"))
        .guard(
            "linkedServiceLive",
            (s, _) ->
                linkedPilots(s).stream()
                        .flatMap(p -> s.list(Kind.SERVICE, "pilot", p.id()).stream())
                        .anyMatch(service -> service.is("LIVE"))
                    ? empty()
                    : Optional.of("a service that came of it must be live"))
        .guard(
            "pilotGateScale",
            (s, _) ->
                linkedPilots(s).stream().anyMatch(pilot -> pilot.is("SCALED"))
                    ? empty()
                    : Optional.of("a pilot for it must have passed its gate to scale"))
        .guard("allLinkedChallengesTerminal", (s, _) -> challengesTerminal(s))
        .guard(
            "withinContestWindow",
            (s, _) ->
                s.record().findMoment("contestUntil").filter(s.now()::isBefore).isPresent()
                    ? empty()
                    : Optional.of("the time to contest is over"))
        .guard("contests", DemandWords::contests);
    functions
        .intake(Kind.NEED, "publish", s -> keep(s, "moderationNote", 2_000))
        .intake(Kind.NEED, "reinstate", s -> keep(s, "moderationNote", 2_000))
        .intake(Kind.NEED, "reject", DemandWords::keepReasonCode)
        .intake(Kind.NEED, "hide", DemandWords::keepReasonCode)
        .intake(
            Kind.NEED,
            "acknowledge",
            s -> {
              s.input().findUri("department").ifPresent(id -> s.set("department", id));
              keep(s, "answer", 4_000);
              takeSeries(s);
            })
        .intake(Kind.NEED, "takeUp", s -> keep(s, "challenge", 2_048))
        .intake(
            Kind.NEED,
            "answerMet",
            s -> {
              keep(s, "evidence", 4_000);
              keep(s, "publicReason", 4_000);
              takeSeries(s);
            })
        .intake(
            Kind.NEED,
            "decline",
            s -> {
              keep(s, "publicReason", 4_000);
              takeSeries(s);
            });
  }

  private void needEffects(Functions functions) {
    functions
        .effect("suggestCluster", (s, _) -> suggestCluster(s))
        .effect("logPublicCount", (s, _) -> count(s, "hidings"))
        .effect("incReopenCount", (s, _) -> count(s, "reopened"))
        .effect(
            "startClock",
            (s, term) -> {
              // startClock(answerSLA) is the city's rule; startClock(30d) says it itself.
              var name = term.arguments().getFirst();
              var wait = name.endsWith("d") ? days(name) : rules.answerWithin();
              s.set("answerDueAt", s.now().plus(wait));
              return true;
            })
        .effect(
            "openContestWindow",
            (s, term) -> {
              s.set("contestUntil", s.now().plus(days(term.arguments().getFirst())));
              return count(s, "answers");
            });
  }

  private void clusters(Functions functions) {
    functions
        .guard("needPublic", (s, _) -> sentNeed(s, ClusterDesk::isPublic, "a need that is public"))
        .guard(
            "needNotInOtherOpenCluster",
            (s, _) ->
                sentNeed(s, need -> !isClustered(s, need), "a need that is in no open cluster"))
        .guard(
            "needInCluster",
            (s, _) ->
                sentNeed(
                    s,
                    need -> s.record().texts("needs").contains(need.id()),
                    "a need of this cluster"))
        .guard(
            "authorDoesNotObject",
            (s, _) ->
                sentNeed(
                    s,
                    need -> !need.texts("objectedTo").contains(s.record().id()),
                    "a need whose author does not object to this cluster"))
        .effect("noteObjection", (s, _) -> noteObjection(s))
        .guard(
            "challengeInReviewOrLater",
            (s, _) ->
                challenges(s).stream().anyMatch(c -> !c.is("DRAFT", "CANCELLED"))
                    ? empty()
                    : Optional.of("a challenge that names this cluster must be in review"))
        .guard("challengeTerminalWithoutPilotScaled", (s, _) -> endedWithoutScale(s))
        .guard(
            "allMemberNeedsTerminal",
            (s, _) -> {
              var open =
                  ClusterDesk.needs(s.work(), s.record()).stream()
                      .filter(need -> !s.procedures().isTerminal(Kind.NEED, need.state()))
                      .map(Dossier::id)
                      .toList();
              return open.isEmpty() ? empty() : Optional.of("still open: " + open);
            })
        .effect("recountDistinctSupporters", (s, _) -> recount(s))
        .effect("freeNeeds", (s, _) -> freeNeeds(s))
        .intake(Kind.NEED_CLUSTER, "takeUp", s -> keep(s, "challenge", 2_048));
  }

  /// The screen finds addresses and numbers by which people can be reached; a moderator may say in
  /// a note why they can stay.
  private static Optional<String> moderationClear(Situation s) {
    var text =
        s.record().findText("title").orElse("")
            + "\n"
            + s.record().findText("description").orElse("");
    if (!ContactDetails.appearIn(text) || s.input().has("moderationNote")) return empty();
    return Optional.of(
        "the text seems to hold an e-mail address or a telephone number; reject it, or send a"
            + " moderationNote that says why it can stay");
  }

  /// The series that stand beside the answer from now on; those of an earlier one stay unless
  /// others are sent.
  private static void takeSeries(Situation s) {
    if (!s.input().has("series")) return;
    var series = Series.list(s.input()).stream().<Value>map(Series::toValue).toList();
    s.set("series", new Value.Items(series));
  }

  private static void keepReasonCode(Situation s) {
    keep(s, "reasonCode", 40);
    keep(s, "moderationNote", 2_000);
  }

  private static Optional<String> linkedChallengeNotDraft(Situation s) {
    return challenges(s).stream().anyMatch(c -> !c.is("DRAFT", "CANCELLED", "UNSUCCESSFUL"))
        ? empty()
        : Optional.of("link a challenge that is past its draft: send challenge, or cluster it");
  }

  private static Optional<String> challengesTerminal(Situation s) {
    var open =
        challenges(s).stream()
            .filter(c -> !s.procedures().isTerminal(Kind.CHALLENGE, c.state()))
            .map(Dossier::id)
            .toList();
    return open.isEmpty() ? empty() : Optional.of("still running: " + open);
  }

  private static Optional<String> endedWithoutScale(Situation s) {
    var all = challenges(s);
    if (all.isEmpty() || !challengesTerminal(s).isEmpty())
      return Optional.of("its challenge must have ended");
    boolean scaled =
        all.stream()
            .flatMap(c -> s.list(Kind.PILOT, "challenge", c.id()).stream())
            .anyMatch(pilot -> pilot.is("SCALED"));
    return scaled ? Optional.of("a pilot of it was scaled; resolve the cluster") : empty();
  }

  /// The challenges a need or cluster is linked to, itself or through its cluster.
  private static List<Dossier> challenges(Situation s) {
    var found = new ArrayList<Dossier>();
    s.record()
        .findText("challenge")
        .flatMap(id -> s.find(Kind.CHALLENGE, id))
        .ifPresent(found::add);
    var cluster =
        s.record().kind() == Kind.NEED_CLUSTER
            ? Optional.of(s.record().id())
            : s.record().findText("cluster");
    cluster.ifPresent(id -> found.addAll(s.list(Kind.CHALLENGE, "clusters", id)));
    return found.stream().distinct().toList();
  }

  private static List<Dossier> linkedPilots(Situation s) {
    var found = new ArrayList<>(s.list(Kind.PILOT, "needs", s.record().id()));
    challenges(s).forEach(c -> found.addAll(s.list(Kind.PILOT, "challenge", c.id())));
    return found.stream().distinct().toList();
  }

  private static Optional<String> contests(Situation s, Term term) {
    long wanted = Contests.wanted(term, s.record().count("supporters"));
    long found = NeedDesk.contests(s.work(), s.record()).size();
    return found >= wanted
        ? empty()
        : Optional.of((wanted - found) + " more of its supporters must contest the answer");
  }

  private boolean suggestCluster(Situation s) {
    var need = s.record();
    var text = need.findText("title").orElse("") + "\n" + need.findText("description").orElse("");
    var clusters =
        similar
            .find(s.caller().address().tenant(), text, need.findStruct("location").orElse(null), 10)
            .stream()
            .filter(match -> match.score() >= 0.3)
            .flatMap(match -> s.find(Kind.NEED, match.id()).stream())
            .flatMap(other -> other.findText("cluster").stream())
            .distinct()
            .limit(3)
            .toList();
    s.set("suggestedClusters", Value.of(clusters));
    return true;
  }

  private static boolean count(Situation s, String field) {
    s.set(field, Value.of(s.record().count(field) + 1));
    return true;
  }

  private static Duration days(String text) {
    return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
  }

  private static boolean isClustered(Situation s, Dossier need) {
    return need.findText("cluster")
        .flatMap(id -> s.find(Kind.NEED_CLUSTER, id))
        .filter(cluster -> cluster.is("OPEN", "IN_CHALLENGE"))
        .isPresent();
  }

  private static Optional<String> sentNeed(
      Situation s, java.util.function.Predicate<Dossier> wanted, String description) {
    var id = s.input().findUri("need");
    if (id.isEmpty()) return Optional.of("send need, the id of " + description);
    var need = s.find(Kind.NEED, id.get());
    if (need.isEmpty()) return Optional.of("there is no need " + id.get());
    return need.filter(wanted).isPresent()
        ? empty()
        : Optional.of("send " + description + ", not " + id.get());
  }

  /// The cluster and the need point at each other; then distinct people are counted anew.
  private static boolean recount(Situation s) {
    var need = s.get(Kind.NEED, s.input().uri("need"));
    var needs = new ArrayList<>(s.record().texts("needs"));
    if (s.step().action().equals("splitNeed")) {
      needs.remove(need.id());
      s.work().save(need.without("cluster"));
    } else {
      needs.add(need.id());
      s.work().save(need.with("cluster", s.record().id()));
    }
    s.set("needs", Value.of(needs));
    s.work().save(ClusterDesk.recounted(s.work(), s.record()));
    return true;
  }

  /// An author who takes their need out of a cluster is not put there again.
  private static boolean noteObjection(Situation s) {
    var text = s.input().findText("objection", 2_000);
    var need = s.get(Kind.NEED, s.input().uri("need"));
    if (!NeedDesk.isAuthor(s.caller(), need)) return true;
    var objected = new ArrayList<>(need.texts("objectedTo"));
    if (!objected.contains(s.record().id())) objected.add(s.record().id());
    var noted = need.with("objectedTo", Value.of(objected));
    s.work().save(text.map(words -> noted.with("objection", words)).orElse(noted));
    s.tell("moderator", s.record().id());
    return true;
  }

  private static boolean freeNeeds(Situation s) {
    for (var need : ClusterDesk.needs(s.work(), s.record())) s.work().save(need.without("cluster"));
    return true;
  }
}
