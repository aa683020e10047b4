package plaza.programme.finance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Where rounds are planned, their tranches cut and their conditions noted as met.
public final class RoundDesk {
  private static final int MOST_TRANCHES = 100;
  private static final int MOST_CONDITIONS = 50;
  private final Engine engine;

  public RoundDesk(Engine engine) {
    this.engine = engine;
  }

  /// Plans a round: `{title, pilot or service, slug}` and what [#amend] takes. A gate whose route
  /// is to fund plans one by itself.
  public Outcome plan(Caller caller, Value.Struct json) {
    requireMay(caller);
    var input = new Fields("a funding round", json);
    var fields = fields(input);
    fields.put("title", Value.of(input.text("title", 300)));
    var slug = input.findText("slug", 60).map(s -> Ids.slug(Kind.FUNDING_ROUND, s));
    input.done();
    return engine.run(
        caller,
        work -> {
          var id = work.chosen(Kind.FUNDING_ROUND, slug);
          var record = Dossier.of(Kind.FUNDING_ROUND, id, "PLANNED", fields);
          requireSound(record);
          return work.done(record, "plan");
        });
  }

  /// Fills in a round in planning: `{title, pilot, service, currency, target, minimum, publicCap,
  /// terms: {title, url, sha256}, deadline, conditionsPrecedent: [text]}`.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    requireMay(caller);
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.FUNDING_ROUND, id).expect(expectedVersion);
          if (!record.is("PLANNED"))
            throw new Refusal.Conflict(
                id + " is " + record.state() + "; its terms stand since it was opened");
          var input = new Fields("a funding round", json);
          var changes = fields(input);
          input.findText("title", 300).ifPresent(t -> changes.put("title", Value.of(t)));
          input.done();
          var amended = record.with(changes);
          requireSound(amended);
          if (record.has("currency")
              && !record.texts("currency").equals(amended.texts("currency"))
              && !work.list(Kind.TRANCHE, new Having("round", id)).isEmpty())
            throw new Refusal.Conflict(id + " has tranches in " + record.text("currency"));
          return work.done(amended, "amend");
        });
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    input.findUri("pilot").ifPresent(id -> fields.put("pilot", Value.of(id)));
    input.findUri("service").ifPresent(id -> fields.put("service", Value.of(id)));
    Money.findCurrency(input).ifPresent(code -> fields.put("currency", Value.of(code)));
    for (var name : List.of("target", "minimum"))
      Money.find(input, name)
          .ifPresent(amount -> {
            if (amount.signum() < 0) throw input.wrong(name, "no negative amount");
            fields.put(name, Money.of(amount));
          });
    Money.findShare(input, "publicCap")
        .ifPresent(share -> fields.put("publicCap", Money.of(share)));
    input.findStruct("terms").ifPresent(json -> fields.put("terms", document("terms", json)));
    input.findMoment("deadline").ifPresent(at -> fields.put("deadline", Value.of(at.toString())));
    if (input.has("conditionsPrecedent")) {
      var conditions = new ArrayList<Value>();
      for (var text : conditions(input))
        conditions.add(new Value.Struct(Map.of("text", Value.of(text))));
      fields.put("conditionsPrecedent", new Value.Items(conditions));
    }
    return fields;
  }

  /// As texts, or as the record shows them.
  private static List<String> conditions(Fields input) {
    boolean shown =
        input.find("conditionsPrecedent").orElseThrow() instanceof Value.Items(var items)
            && items.stream().anyMatch(Value.Struct.class::isInstance);
    if (!shown) return input.texts("conditionsPrecedent", MOST_CONDITIONS);
    return input.structs("conditionsPrecedent", MOST_CONDITIONS).stream()
        .map(one -> new Fields("a condition precedent", one).text("text", 2_000))
        .toList();
  }

  private static void requireSound(Dossier round) {
    var target = Money.find(round, "target");
    var minimum = Money.find(round, "minimum");
    if (target.isPresent() && minimum.isPresent() && minimum.get().compareTo(target.get()) > 0)
      throw new Refusal.Invalid("minimum of a funding round must not be more than its target");
  }

  /// A document that others can fetch and compare: `{title, url, sha256, signedAt}`.
  static Value.Struct document(String of, Value.Struct json) {
    var input = new Fields(of, json);
    var document = new LinkedHashMap<String, Value>();
    document.put("url", Value.of(Names.uri(input.text("url", 2048), "url")));
    input.findText("title", 300).ifPresent(title -> document.put("title", Value.of(title)));
    input
        .findText("sha256", 64)
        .ifPresent(hash -> {
          if (!hash.matches("[0-9a-f]{64}"))
            throw input.wrong("sha256", "64 lower-case hexadecimal digits");
          document.put("sha256", Value.of(hash));
        });
    input.findMoment("signedAt").ifPresent(at -> document.put("signedAt", Value.of(at.toString())));
    input.done();
    return new Value.Struct(document);
  }

  /// Cuts a tranche before the money is closed: `{title, amount, indicator}`. With an indicator of
  /// the round's pilot it is paid only when that was measured and MET.
  public Outcome addTranche(Caller caller, String roundId, Value.Struct json) {
    requireMay(caller);
    return engine.run(
        caller,
        work -> {
          var round = work.get(Kind.FUNDING_ROUND, roundId);
          if (!round.is("PLANNED", "OPEN", "COMMITTED"))
            throw new Refusal.Conflict(
                roundId + " is " + round.state() + "; tranches are cut before financial close");
          var input = new Fields("a tranche", json);
          var fields = new LinkedHashMap<String, Value>();
          fields.put("round", Value.of(roundId));
          fields.put("title", Value.of(input.text("title", 300)));
          var currency =
              round
                  .findText("currency")
                  .orElseThrow(
                      () -> new Refusal.Conflict("set the currency of " + roundId + " first"));
          var amount =
              Money.find(input, "amount", currency)
                  .filter(a -> a.signum() > 0)
                  .orElseThrow(() -> new Refusal.Invalid("amount of a tranche must be above 0"));
          fields.put("amount", Money.of(amount));
          fields.put("currency", Value.of(currency));
          var indicator = input.findUri("indicator");
          indicator.ifPresent(id -> fields.put("indicator", Value.of(id)));
          input.done();
          if (indicator.isPresent()) requireOfPilot(work, round, indicator.get());
          var cut = work.list(Kind.TRANCHE, new Having("round", roundId));
          if (cut.size() >= MOST_TRANCHES)
            throw new Refusal.Conflict(roundId + " may have at most " + MOST_TRANCHES);
          requireWithin(round, cut, amount);
          var tranche = Dossier.of(Kind.TRANCHE, work.ids().next(Kind.TRANCHE), "PENDING", fields);
          return work.done(tranche, "cut");
        });
  }

  private static void requireWithin(Dossier round, List<Dossier> cut, BigDecimal amount) {
    var target = Money.find(round, "target");
    var all = cut.stream().map(one -> Money.of(one, "amount")).reduce(amount, BigDecimal::add);
    if (target.isPresent() && all.compareTo(target.get()) > 0)
      throw new Refusal.Invalid(
          "the tranches of " + round.id() + " would come to " + all + ", more than its target");
  }

  private static void requireOfPilot(Work work, Dossier round, String indicatorId) {
    var indicator = work.get(Kind.INDICATOR, indicatorId);
    var pilots = new ArrayList<>(round.texts("pilot"));
    round
        .findText("service")
        .flatMap(id -> work.find(Kind.SERVICE, id))
        .ifPresent(service -> pilots.addAll(service.texts("pilot")));
    if (indicator.texts("pilot").stream().noneMatch(pilots::contains))
      throw new Refusal.Invalid(
          indicatorId + " belongs to no pilot of " + round.id() + "; a tranche waits for its own");
  }

  /// Notes that a condition precedent is met: `{condition: its number from 1, or commitment: an id,
  /// evidence}`.
  public Outcome meetCondition(Caller caller, String roundId, Value.Struct json) {
    if (!engine.standing(caller).holds("financeOfficer"))
      throw refused(caller, "whether a condition is met is the financeOfficer's to note");
    var input = new Fields("a met condition", json);
    var number = input.findCount("condition", 1, 50);
    var commitment = input.findUri("commitment");
    var evidence = input.text("evidence", 4_000);
    input.done();
    if (number.isPresent() == commitment.isPresent())
      throw new Refusal.Invalid("send either condition, its number, or commitment, its id");
    return engine.run(
        caller,
        work -> {
          var round = work.get(Kind.FUNDING_ROUND, roundId);
          if (!round.is("OPEN", "COMMITTED"))
            throw new Refusal.Conflict(
                roundId + " is " + round.state() + "; conditions are met before financial close");
          var noted =
              commitment.isPresent()
                  ? metOf(work, round, commitment.get(), evidence)
                  : met(work, round, number.orElseThrow().intValue(), evidence);
          return work.done(noted, "meetCondition");
        });
  }

  private static Dossier met(Work work, Dossier round, int number, String evidence) {
    var conditions = new ArrayList<>(round.items("conditionsPrecedent"));
    if (number > conditions.size())
      throw new Refusal.NotFound(
          round.id() + " has " + conditions.size() + " conditions precedent");
    if (!(conditions.get(number - 1) instanceof Value.Struct(var members)))
      throw new IllegalStateException(round.id() + " keeps a condition that is none");
    var met = new LinkedHashMap<>(members);
    met.put("metAt", Value.of(work.now().toString()));
    met.put("evidence", Value.of(evidence));
    conditions.set(number - 1, new Value.Struct(met));
    return round.with("conditionsPrecedent", new Value.Items(conditions));
  }

  private static Dossier metOf(Work work, Dossier round, String id, String evidence) {
    var commitment = work.get(Kind.COMMITMENT, id);
    if (!commitment.texts("round").contains(round.id()))
      throw new Refusal.NotFound(id + " is no commitment to " + round.id());
    return commitment.with("conditionsMetAt", work.now()).with("conditionsEvidence", evidence);
  }

  private void requireMay(Caller caller) {
    var standing = engine.standing(caller);
    if (!standing.holds("financeOfficer") && !standing.holds("pmo"))
      throw refused(caller, "rounds are planned by the financeOfficer or the pmo");
  }

  private static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
