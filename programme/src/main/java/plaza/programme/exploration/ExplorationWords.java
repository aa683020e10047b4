package plaza.programme.exploration;

import static java.util.Optional.empty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import plaza.graph.Value;
import plaza.programme.call.ExplorationStage;
import plaza.programme.finance.Money;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Situation;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// What the words about exploring mean: `explore` takes `{startDate, terms}`, `handIn` takes
/// `{documents: [{title, url, sha256}]}`, `pay` takes `{amount, paidAt, reference}`.
public final class ExplorationWords {
  /// How long both parties have to sign; afterwards the contract lapses.
  private static final Duration TO_SIGN = Duration.ofDays(30);

  /// How far back the sample of readings reaches.
  private static final Duration SAMPLE = Duration.ofDays(28);

  private static final List<String> LIVING_GRANTS = List.of("APPROVED", "ACTIVE", "SUSPENDED");
  private final GrantBinding binding;

  public ExplorationWords(GrantBinding binding) {
    this.binding = binding;
  }

  public void register(Functions functions) {
    stage(functions);
    contract(functions);
    payment(functions);
    functions
        .effect("createExplorationContract", (s, _) -> open(s))
        .effect("dataGrant", (s, _) -> askForSample(s))
        .effect("beginExploration", (s, _) -> begin(s))
        .effect("endSampleGrant", (s, _) -> end(s))
        .effect("endExploration", (s, _) -> decided(s))
        .only(
            Kind.EXPLORATION,
            "innovator",
            s -> s.standing().belongsToAny(s.record().texts("organisation")))
        .intake(Kind.EXPLORATION, "handIn", ExplorationWords::takeDocuments)
        .settle(Kind.EXPLORATION, "pay", ExplorationWords::pay);
  }

  private static void stage(Functions functions) {
    functions
        .guard(
            "challengeHasExplorationStage",
            (s, _) ->
                stage(s).isPresent()
                    ? empty()
                    : Optional.of("the challenge has no exploration stage; select or not select"))
        .guard(
            "explorationPlaceFree",
            (s, _) -> {
              long exploring =
                  s.list(Kind.PROPOSAL, "challenge", s.record().text("challenge")).stream()
                      .filter(proposal -> proposal.is("EXPLORATION"))
                      .count();
              long most = stage(s).map(ExplorationStage::teams).orElse(0L);
              return exploring < most
                  ? empty()
                  : Optional.of(exploring + " teams explore already, of at most " + most);
            })
        .guard(
            "noExplorationStage",
            (s, _) ->
                challenge(s).has("exploration")
                    ? Optional.of("the challenge has an exploration stage; explore first")
                    : empty())
        .guard("explorationOutput", (s, _) -> output(s, s.record()))
        .guard(
            "explorationsDone",
            (s, _) -> {
              if (!s.record().has("exploration")) return empty();
              return s.record().texts("selected").stream()
                  .map(id -> s.get(Kind.PROPOSAL, id))
                  .flatMap(proposal -> output(s, proposal).stream())
                  .findFirst();
            })
        .guard(
            "proposalDecided",
            (s, _) ->
                s.get(Kind.PROPOSAL, s.record().text("proposal")).is("SELECTED", "NOT_SELECTED")
                    ? empty()
                    : Optional.of("its proposal is not decided"));
  }

  private static void contract(Functions functions) {
    functions
        .guard(
            "contractSignedBothParties",
            (s, _) -> {
              var missing = new ArrayList<String>();
              if (!ExplorationDesk.isSigned(s.record(), "cityConsent"))
                missing.add("the city (pmo)");
              if (!ExplorationDesk.isSigned(s.record(), "partnerConsent"))
                missing.add("the team's organisation");
              return missing.isEmpty()
                  ? empty()
                  : Optional.of("to be signed by " + String.join(" and ", missing));
            })
        .guard(
            "outputDocuments",
            (s, _) ->
                s.input().has("documents") && s.record().has("documents")
                    ? empty()
                    : Optional.of("send documents: [{title, url, sha256}]"));
  }

  private static void payment(Functions functions) {
    functions.guard(
        "paidWithinContract",
        (s, _) -> {
          var amount = Money.find(s.input(), "amount", s.record().text("currency"));
          if (amount.filter(a -> a.signum() > 0).isEmpty())
            return Optional.of("send an amount above 0");
          var left = Money.of(s.record(), "amount").subtract(Money.of(s.record(), "paid"));
          return amount.get().compareTo(left) <= 0
              ? empty()
              : Optional.of("of the contract " + left.toPlainString() + " are left to pay");
        });
  }

  private static Optional<String> output(Situation s, Dossier proposal) {
    boolean handedIn =
        s.list(Kind.EXPLORATION, "proposal", proposal.id()).stream()
            .anyMatch(exploration -> exploration.has("handedInAt"));
    return handedIn
        ? empty()
        : Optional.of("the team of " + proposal.id() + " has handed in no output");
  }

  /// The contract that the board offers; nothing of it changes but by signing, time and payment.
  private static boolean open(Situation s) {
    var stage = stage(s).orElseThrow();
    var challenge = challenge(s);
    var start = s.input().findMoment("startDate").filter(s.now()::isBefore).orElse(s.now());
    var signBy = start.plus(TO_SIGN);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("title", Value.of("Exploration of " + s.record().text("title")));
    fields.put("challenge", Value.of(challenge.id()));
    fields.put("proposal", Value.of(s.record().id()));
    fields.put("organisation", Value.of(s.record().text("organisation")));
    challenge.findText("sponsor").ifPresent(id -> fields.put("department", Value.of(id)));
    fields.put("amount", Money.of(stage.amount()));
    fields.put("currency", Value.of(stage.currency()));
    fields.put("days", Value.of(stage.days()));
    fields.put("startDate", Value.of(start.toString()));
    fields.put("signBy", Value.of(signBy.toString()));
    fields.put("latestEnd", Value.of(signBy.plus(stage.length()).toString()));
    s.input()
        .findText("terms", 100_000)
        .or(() -> challenge.findText("ipTerms"))
        .ifPresent(terms -> fields.put("terms", Value.of(terms)));
    fields.put("openedBy", Value.of(s.caller().id()));
    var id = s.ids().next(Kind.EXPLORATION);
    var initial = s.procedures().get(Kind.EXPLORATION).initial();
    var record = Dossier.of(Kind.EXPLORATION, id, initial, fields);
    s.work().save(record);
    s.work().enter(record, "open", Value.Struct.EMPTY);
    s.work().answer("exploration", Value.of(id));
    s.tell("team, to sign", s.record().id());
    return true;
  }

  /// Asks for the readings that the challenge is measured by, of the last weeks on; the data
  /// steward decides as on every grant. A challenge whose indicators name no data needs none.
  private static boolean askForSample(Situation s) {
    var types = new TreeSet<String>();
    for (var json : challenge(s).items("indicators"))
      if (json instanceof Value.Struct struct)
        types.add(IndicatorDefinition.of(struct).entityType());
    if (types.isEmpty()) return true;
    var exploration = running(s, "SIGNING").orElseThrow();
    var fields = new LinkedHashMap<String, Value>();
    fields.put("exploration", Value.of(exploration.id()));
    fields.put("organisation", Value.of(exploration.text("organisation")));
    fields.put("types", Value.of(List.copyOf(types)));
    fields.put("purpose", Value.of("A sample to read for " + exploration.text("title")));
    var start = exploration.moment("startDate");
    fields.put("dataFrom", Value.of(start.minus(SAMPLE).toString()));
    fields.put("endDate", Value.of(exploration.text("latestEnd")));
    fields.put("personalData", Value.of(false));
    fields.put("requestedBy", Value.of(s.caller().id()));
    var id = s.ids().next(Kind.DATA_GRANT);
    var record = Dossier.of(Kind.DATA_GRANT, id, "REQUESTED", fields);
    s.work().save(record);
    s.work().enter(record, "request", Value.Struct.EMPTY);
    s.tell("dataSteward, to review", id);
    return true;
  }

  /// From the moment it begins a team has all its days, however long signing took.
  private static boolean begin(Situation s) {
    var end = s.now().plus(Duration.ofDays(s.record().count("days")));
    s.set("startedAt", s.now());
    s.set("endDate", end);
    for (var grant : s.list(Kind.DATA_GRANT, "exploration", s.record().id())) {
      if (s.procedures().isTerminal(Kind.DATA_GRANT, grant.state())) continue;
      if (grant.moment("endDate").isAfter(end)) s.work().save(grant.with("endDate", end));
      if (grant.is("APPROVED"))
        s.move(Kind.DATA_GRANT, grant.id(), "activate", "explorationActive", Value.Struct.EMPTY);
    }
    return true;
  }

  private boolean end(Situation s) {
    var id = s.record().id();
    var why = new Value.Struct(Map.of("reason", Value.of("explorationEnded: " + id)));
    for (var grant : s.list(Kind.DATA_GRANT, "exploration", id))
      if (LIVING_GRANTS.contains(grant.state()))
        s.move(Kind.DATA_GRANT, grant.id(), "revoke", "explorationEnded", why);
    s.set("endedAt", s.now());
    var address = s.caller().address();
    s.work().afterwards(() -> binding.endKeys(address, id, "the exploration has ended"));
    return true;
  }

  /// Who is decided about explores no longer.
  private static boolean decided(Situation s) {
    running(s, "SIGNING")
        .ifPresent(
            one -> s.move(Kind.EXPLORATION, one.id(), "lapse", "decided", Value.Struct.EMPTY));
    running(s, "ACTIVE")
        .ifPresent(one -> s.move(Kind.EXPLORATION, one.id(), "end", "decided", Value.Struct.EMPTY));
    return true;
  }

  private static void takeDocuments(Situation s) {
    var documents = new ArrayList<Value>();
    for (var json : s.input().structs("documents", 50)) {
      var input = new Fields("a document", json);
      var document = new LinkedHashMap<String, Value>();
      document.put("title", Value.of(input.text("title", 300)));
      var url = input.uri("url");
      if (!url.startsWith("https://") && !url.startsWith("http://"))
        throw input.wrong("url", "an address on the web");
      document.put("url", Value.of(url));
      var hash = input.text("sha256", 64);
      if (!hash.matches("[0-9a-f]{64}")) throw input.wrong("sha256", "64 hexadecimal digits");
      document.put("sha256", Value.of(hash));
      input.done();
      documents.add(new Value.Struct(document));
    }
    if (documents.isEmpty()) return;
    s.set("documents", new Value.Items(documents));
    s.set("handedInAt", s.now());
  }

  private static void pay(Situation s) {
    var amount = Money.find(s.input(), "amount", s.record().text("currency")).orElseThrow();
    var paidAt = s.input().findMoment("paidAt").orElse(s.now());
    if (paidAt.isAfter(s.now())) throw s.input().wrong("paidAt", "a moment that has come");
    var payment = new LinkedHashMap<String, Value>();
    payment.put("amount", Money.of(amount));
    payment.put("currency", Value.of(s.record().text("currency")));
    payment.put("paidAt", Value.of(paidAt.toString()));
    var payments = new ArrayList<>(s.record().items("payments"));
    payments.add(new Value.Struct(payment));
    s.set("payments", new Value.Items(payments));
    s.set("paid", Money.of(Money.of(s.record(), "paid").add(amount)));
    s.input()
        .findText("reference", 200)
        .ifPresent(reference -> {
          var references = new ArrayList<>(s.record().texts("references"));
          references.add(reference);
          s.set("references", Value.of(references));
        });
  }

  private static Optional<Dossier> running(Situation s, String state) {
    return s.list(Kind.EXPLORATION, "proposal", s.record().id()).stream()
        .filter(exploration -> exploration.is(state))
        .findFirst();
  }

  private static Dossier challenge(Situation s) {
    return s.get(Kind.CHALLENGE, s.record().text("challenge"));
  }

  private static Optional<ExplorationStage> stage(Situation s) {
    return ExplorationStage.of(challenge(s));
  }
}
