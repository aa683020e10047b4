package plaza.programme.call;

import static java.util.Optional.empty;
import static plaza.programme.procedure.CommonWords.invalid;
import static plaza.programme.procedure.CommonWords.keep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.indicator.Readiness;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Term;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the words of the procedure Challenge mean.
public final class CallWords {
  private final Readiness readiness;
  private final Rules rules;

  public CallWords(Readiness readiness, Rules rules) {
    this.readiness = readiness;
    this.rules = rules;
  }

  public void register(Functions functions) {
    draft(functions);
    dates(functions);
    decision(functions);
    effects(functions);
  }

  private void draft(Functions functions) {
    functions
        .guard("sponsorNamed", (s, _) -> has(s, "sponsor", "name the sponsor"))
        .guard("needClusterLinked", (s, _) -> has(s, "clusters", "link a cluster of needs"))
        .guard("departmentStatement", (s, _) -> has(s, "departmentStatement", "state the need"))
        .guard(
            "budgetOrInKindStated",
            (s, _) ->
                s.record().has("budget") || s.record().has("inKind")
                    ? empty()
                    : Optional.of("state a budget, or what is given in kind"))
        .guard(
            "rubricWeights",
            (s, term) -> {
              long weights = Rubric.of(s.record()).weights();
              return term.holds(weights)
                  ? empty()
                  : Optional.of("the weights add up to " + weights);
            })
        .guard(
            "panel",
            (s, term) -> {
              int size = new HashSet<>(s.record().texts("panel")).size();
              return term.holds(size) ? empty() : Optional.of("the panel has " + size);
            })
        .guard(
            "kpiDraft",
            (s, term) -> {
              int drafts = s.record().items("indicators").size();
              return term.holds(drafts) ? empty() : Optional.of("draft an indicator");
            })
        .guard(
            "dataReadinessRecorded",
            (s, _) -> has(s, "dataReadiness", "submit it again, so that the data are checked"))
        .guard(
            "afterPilotIntentStated",
            (s, _) -> has(s, "afterPilotIntent", "say what follows when a pilot succeeds"))
        .guard("approver", CallWords::approver)
        .intake(
            Kind.CHALLENGE,
            "return",
            s -> s.input().findText("comment", 4_000).ifPresent(c -> s.set("comment", c)))
        .intake(Kind.CHALLENGE, "cancel", s -> keep(s, "publicReason", 4_000))
        .settle(
            Kind.CHALLENGE,
            "submitForReview",
            s -> s.set("draftedBy", Value.of(ChallengeDesk.writers(s.caller(), s.record()))));
  }

  private void dates(Functions functions) {
    functions
        .guard(
            "closesAt-opensAt",
            (s, _) -> {
              var opens = s.record().findMoment("opensAt");
              var closes = s.record().findMoment("closesAt");
              if (opens.isEmpty() || closes.isEmpty())
                return Optional.of("set opensAt and closesAt");
              boolean sprint = s.record().findText("kind").filter("SPRINT"::equals).isPresent();
              int least = sprint ? rules.sprintDays() : rules.callDays();
              return Duration.between(opens.get(), closes.get()).compareTo(Duration.ofDays(least))
                      >= 0
                  ? empty()
                  : Optional.of("the call must be open for at least " + least + " days");
            })
        .guard(
            "newClosesAt",
            (s, _) ->
                s.input()
                        .findMoment("newClosesAt")
                        .filter(at -> at.isAfter(s.record().moment("closesAt")))
                        .isPresent()
                    ? empty()
                    : Optional.of("send newClosesAt, later than " + s.record().text("closesAt")))
        .settle(Kind.CHALLENGE, "extend", s -> s.set("closesAt", s.input().moment("newClosesAt")))
        .effect(
            "icsEvent",
            (s, _) -> {
              s.publish("calendar entry");
              return true;
            });
  }

  private void decision(Functions functions) {
    functions
        .guard(
            "eligibleProposals",
            (s, term) -> {
              int found = proposals(s, "ELIGIBLE", "SHORTLISTED").size();
              long unscreened = proposals(s, "SUBMITTED").size();
              if (unscreened > 0) return Optional.of("screen the other " + unscreened + " first");
              return term.holds(found) ? empty() : Optional.of(found + " proposals are eligible");
            })
        .guard(
            "allPanelCOIDeclared",
            (s, _) -> {
              var silent =
                  s.record().texts("panel").stream()
                      .filter(person ->
                          s.find(
                                  Kind.CONFLICT_DECLARATION,
                                  ReviewDesk.declarationId(s.record().id(), person))
                              .isEmpty())
                      .toList();
              return silent.isEmpty()
                  ? empty()
                  : Optional.of("these have not declared their interests: " + silent);
            })
        .guard(
            "allReviewsFinalOrRecused",
            (s, _) -> {
              long open =
                  s.list(Kind.REVIEW, "challenge", s.record().id()).stream()
                      .filter(review -> !review.is("FINAL", "RECUSED", "EXPIRED"))
                      .count();
              return open == 0 ? empty() : Optional.of(open + " reviews are not finished");
            })
        .guard(
            "quorumPerProposal",
            (s, term) -> {
              var few =
                  proposals(s, "ELIGIBLE", "SHORTLISTED", "EXPLORATION").stream()
                      .filter(p -> !term.holds(Reviews.finished(s, p).size()))
                      .map(p -> p.id() + " has " + Reviews.finished(s, p).size())
                      .toList();
              return few.isEmpty() ? empty() : Optional.of("final reviews: " + few);
            })
        .guard("deviationFromRankingExplained", (s, _) -> deviation(s))
        .guard(
            "noneOverThreshold",
            (s, _) -> {
              double threshold =
                  s.record().find("threshold").map(Value::asNumber).orElse(Double.MIN_VALUE);
              var over =
                  proposals(s, "ELIGIBLE", "SHORTLISTED", "EXPLORATION").stream()
                      .filter(p -> Reviews.score(s, s.record(), p) >= threshold)
                      .map(Dossier::id)
                      .toList();
              return over.isEmpty() ? empty() : Optional.of("over the threshold: " + over);
            })
        .guard(
            "allPilotsTerminal",
            (s, _) -> {
              var pilots = s.list(Kind.PILOT, "challenge", s.record().id());
              var open =
                  pilots.stream()
                      .filter(p -> !s.procedures().isTerminal(Kind.PILOT, p.state()))
                      .map(Dossier::id)
                      .toList();
              return open.isEmpty() && !pilots.isEmpty()
                  ? empty()
                  : Optional.of("these pilots have not ended: " + open);
            })
        .intake(Kind.CHALLENGE, "decide", CallWords::takeDecision);
  }

  private void effects(Functions functions) {
    functions
        .effect("dataReadinessCheck", (s, _) -> checkData(s))
        .effect(
            "freezeRubric",
            (s, _) -> {
              s.set(
                  "rubricHash",
                  plaza.programme.record.Canonical.hash(Rubric.of(s.record()).toValue()));
              s.set("approvedBy", s.caller().id());
              return true;
            })
        .effect(
            "unsealProposals",
            (s, _) -> {
              s.set("unsealedAt", s.now());
              return true;
            })
        .effect("assignReviews", (s, _) -> Reviews.assign(s, rules))
        .effect("createPilots", (s, _) -> createPilots(s))
        .effect(
            "requireLesson",
            (s, _) -> {
              s.set("lessonRequired", Value.of(true));
              return true;
            });
  }

  private static Optional<String> has(Situation s, String field, String remedy) {
    return s.record().has(field) ? empty() : Optional.of(remedy);
  }

  /// Who approves neither wrote the challenge nor belongs to its sponsor.
  private static Optional<String> approver(Situation s, Term term) {
    boolean theirs =
        s.record().texts("draftedBy").contains(s.caller().id())
            || s.standing().belongsToAny(s.record().texts("sponsor"));
    return theirs
        ? Optional.of("somebody must approve who neither drafted it nor belongs to its sponsor")
        : empty();
  }

  private boolean checkData(Situation s) {
    var findings =
        s.record().items("indicators").stream()
            .<Value>map(json ->
                readiness.check(
                    s.caller().address(), IndicatorDefinition.of((Value.Struct) json), s.now()))
            .toList();
    if (!findings.isEmpty()) s.set("dataReadiness", new Value.Items(findings));
    return true;
  }

  static List<Dossier> proposals(Situation s, String... states) {
    return s.list(Kind.PROPOSAL, "challenge", s.record().id()).stream()
        .filter(proposal -> proposal.is(states))
        .toList();
  }

  /// `{selected: [proposals], deviation}`; scores and ranking are worked out, not sent.
  private static void takeDecision(Situation s) {
    var selected = s.input().uris("selected");
    if (selected.isEmpty()) throw invalid(s, "send selected, the proposals that become pilots");
    boolean explores = s.record().has("exploration");
    for (var id : selected)
      if (!s.get(Kind.PROPOSAL, id).is(explores ? "EXPLORATION" : "SHORTLISTED"))
        throw invalid(s, id + (explores ? " is not in exploration" : " is not shortlisted"));
    s.set("selected", Value.of(selected));
    s.set("ranking", ranking(s));
    keep(s, "deviation", 4_000);
  }

  private static List<Dossier> ranked(Situation s) {
    return proposals(s, "ELIGIBLE", "SHORTLISTED", "EXPLORATION").stream()
        .sorted(
            Comparator.comparingDouble((Dossier p) -> Reviews.score(s, s.record(), p))
                .reversed()
                .thenComparing(Dossier::id))
        .toList();
  }

  private static Value.Items ranking(Situation s) {
    var rows = new ArrayList<Value>();
    for (var proposal : ranked(s)) {
      var row = new LinkedHashMap<String, Value>();
      row.put("proposal", Value.of(proposal.id()));
      row.put("score", Value.of(Reviews.score(s, s.record(), proposal)));
      row.put("reviews", Value.of(Reviews.finished(s, proposal).size()));
      rows.add(new Value.Struct(row));
    }
    return new Value.Items(rows);
  }

  private static Optional<String> deviation(Situation s) {
    var selected = s.record().texts("selected");
    var best = ranked(s).stream().map(Dossier::id).limit(selected.size()).toList();
    if (best.containsAll(selected) || s.record().has("deviation")) return empty();
    return Optional.of("the ranking begins with " + best + "; explain the deviation");
  }

  private static boolean createPilots(Situation s) {
    for (var id : s.record().texts("selected"))
      createPilot(s, s.record(), s.get(Kind.PROPOSAL, id));
    return true;
  }

  /// A pilot in preparation for a selected proposal, with the challenge's indicators as drafts.
  /// Once for each proposal.
  static void createPilot(Situation s, Dossier challenge, Dossier proposal) {
    if (!s.list(Kind.PILOT, "proposal", proposal.id()).isEmpty()) return;
    var fields = new LinkedHashMap<String, Value>();
    fields.put("title", Value.of(proposal.text("title")));
    fields.put("challenge", Value.of(challenge.id()));
    fields.put("proposal", Value.of(proposal.id()));
    fields.put("organisation", Value.of(proposal.text("organisation")));
    challenge.findText("sponsor").ifPresent(id -> fields.put("department", Value.of(id)));
    fields.put("team", Value.of(proposal.texts("team")));
    fields.put("funders", Value.of(proposal.texts("funders")));
    var exitPlan = ProposalDesk.body(proposal).get("exitPlan");
    if (exitPlan != null) fields.put("exitPlan", exitPlan);
    var needs = new ArrayList<String>();
    for (var cluster : challenge.texts("clusters"))
      s.find(Kind.NEED_CLUSTER, cluster).ifPresent(c -> needs.addAll(c.texts("needs")));
    fields.put("needs", Value.of(needs));
    fields.put("openedBy", Value.of(s.caller().id()));
    var pilot = s.ids().next(Kind.PILOT);
    var indicators = new ArrayList<String>();
    for (var definition : challenge.items("indicators")) {
      var indicator = s.ids().next(Kind.INDICATOR);
      indicators.add(indicator);
      var of = IndicatorDefinition.of((Value.Struct) definition);
      s.work()
          .save(
              Dossier.of(
                  Kind.INDICATOR,
                  indicator,
                  "DRAFT",
                  Map.of(
                      "pilot", Value.of(pilot),
                      "name", Value.of(of.name()),
                      "unit", Value.of(of.unit()),
                      "definition", of.toValue())));
    }
    fields.put("indicators", Value.of(indicators));
    var record = Dossier.of(Kind.PILOT, pilot, "PREPARING", fields);
    s.work().save(record);
    s.work().enter(record, "create", Value.Struct.EMPTY);
    s.work().answer("pilot", Value.of(pilot));
  }
}
