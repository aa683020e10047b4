package plaza.programme.call;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where challenges are drafted. The sponsor writes until it is in review; the pmo then sets the
/// panel and the dates; from SCHEDULED on nothing of it changes but by steps.
public final class ChallengeDesk {
  private final Engine engine;

  public ChallengeDesk(Engine engine) {
    this.engine = engine;
  }

  /// Drafts a challenge from `{title, statement, kind, sponsor, clusters, departmentStatement,
  /// budget: {amount, currency}, inKind, opensAt, closesAt, eligibility, rubric: [{criterion,
  /// weight}], threshold, indicators, afterPilotIntent, ipTerms, panel, exploration: {days, pay:
  /// {amount, currency}, teams}}`; title and sponsor are required.
  public Outcome draft(Caller caller, Value.Struct json) {
    var input = new Fields("a challenge", json);
    var fields = fields(input);
    fields.put("title", Value.of(input.text("title", 300)));
    var sponsor = input.uri("sponsor");
    input.done();
    if (!engine.standing(caller).holds("sponsor", List.of(sponsor)))
      throw new Refusal.Forbidden("a challenge is drafted by a sponsor of " + sponsor);
    fields.put("sponsor", Value.of(sponsor));
    fields.put("draftedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var record = Dossier.of(Kind.CHALLENGE, work.ids().next(Kind.CHALLENGE), "DRAFT", fields);
          return work.done(record, "draft");
        });
  }

  /// Changes a draft (the sponsor), or what is in review (the pmo: panel and dates only).
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.CHALLENGE, id).expect(expectedVersion);
          var input = new Fields("a challenge", json);
          var changes = fields(input);
          input.findText("title", 300).ifPresent(t -> changes.put("title", Value.of(t)));
          input.done();
          requireMay(caller, record, changes);
          var amended = record.with(changes).with("draftedBy", writers(caller, record));
          return work.done(amended, "amend");
        });
  }

  /// Nobody approves what they had a hand in.
  static List<String> writers(Caller caller, Dossier record) {
    var writers = new LinkedHashSet<>(record.texts("draftedBy"));
    writers.add(caller.id());
    return List.copyOf(writers);
  }

  private void requireMay(Caller caller, Dossier record, Map<String, Value> changes) {
    var standing = engine.standing(caller);
    boolean sponsor = standing.holds("sponsor", record.texts("sponsor"));
    if (record.is("DRAFT") && (sponsor || standing.holds("pmo"))) return;
    if (record.is("IN_REVIEW") && standing.holds("pmo")) {
      if (List.of("panel", "opensAt", "closesAt").containsAll(changes.keySet())) return;
      throw new Refusal.Conflict(
          record.id()
              + " is in review: the pmo sets panel, opensAt and closesAt; return it to its sponsor"
              + " for anything else");
    }
    if (!record.is("DRAFT", "IN_REVIEW"))
      throw new Refusal.Conflict(
          record.id() + " is " + record.state() + "; it is frozen since it was scheduled");
    throw new Refusal.Forbidden(record.id() + " is amended by its sponsor or the pmo");
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    text(input, fields, "statement", 20_000);
    input
        .findOneOf("kind", "TOP_DOWN", "BOTTOM_UP", "SPRINT")
        .ifPresent(kind -> fields.put("kind", Value.of(kind)));
    if (input.has("clusters")) fields.put("clusters", Value.of(input.uris("clusters")));
    text(input, fields, "departmentStatement", 4_000);
    input.findStruct("budget").ifPresent(budget -> fields.put("budget", money(budget)));
    text(input, fields, "inKind", 2_000);
    for (var date : List.of("opensAt", "closesAt"))
      input.findMoment(date).ifPresent(at -> fields.put(date, Value.of(at.toString())));
    text(input, fields, "eligibility", 4_000);
    text(input, fields, "afterPilotIntent", 4_000);
    text(input, fields, "ipTerms", 4_000);
    if (input.has("rubric")) fields.put("rubric", Rubric.of(input.structs("rubric", 20)).toValue());
    input.findNumber("threshold").ifPresent(n -> fields.put("threshold", Value.of(n)));
    input
        .findStruct("exploration")
        .ifPresent(stage -> fields.put("exploration", ExplorationStage.of(stage).toValue()));
    if (input.has("panel")) fields.put("panel", Value.of(input.uris("panel")));
    var indicators = input.structs("indicators", 20);
    if (!indicators.isEmpty())
      fields.put(
          "indicators",
          new Value.Items(
              indicators.stream().<Value>map(i -> IndicatorDefinition.of(i).toValue()).toList()));
    return fields;
  }

  private static void text(Fields input, Map<String, Value> fields, String name, int most) {
    input.findText(name, most).ifPresent(text -> fields.put(name, Value.of(text)));
  }

  /// Amounts are decimal texts, never binary numbers.
  static Value.Struct money(Value.Struct json) {
    var fields = new Fields("a budget", json);
    var amount = fields.text("amount", 30);
    if (!amount.matches("\\d{1,15}(\\.\\d{1,4})?"))
      throw fields.wrong("amount", "a decimal text such as \"30000000.00\"");
    var currency = fields.text("currency", 3);
    if (!currency.matches("[A-Z]{3}")) throw fields.wrong("currency", "an ISO 4217 code");
    fields.done();
    return new Value.Struct(Map.of("amount", Value.of(amount), "currency", Value.of(currency)));
  }
}
