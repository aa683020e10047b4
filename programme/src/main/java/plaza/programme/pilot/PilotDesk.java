package plaza.programme.pilot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Work;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Where pilots are prepared, signed, evaluated and learned from.
public final class PilotDesk {
  private static final String FIRST_DATA = "firstDataAt";
  private static final List<String> WAIVABLE = List.of("bookings", "data", "regulation");
  private final Engine engine;
  private final GrantBinding binding;

  public PilotDesk(Engine engine, GrantBinding binding) {
    this.engine = engine;
    this.binding = binding;
  }

  /// Opens a pilot without a call, as the pmo may with a public reason: `{title, organisation,
  /// department, withoutCall, slug, …}` and what [#amend] takes. A decided call opens its pilots by
  /// itself.
  public Outcome open(Caller caller, Value.Struct json) {
    requirePmo(caller, "a pilot without a call is opened by the pmo");
    var input = new Fields("a pilot", json);
    var fields = fields(input);
    fields.put("title", Value.of(input.text("title", 300)));
    fields.put("organisation", Value.of(input.uri("organisation")));
    fields.put("department", Value.of(input.uri("department")));
    var reason = input.text("withoutCall", 4_000);
    if (reason.length() < 40)
      throw new Refusal.Invalid(
          "withoutCall of a pilot must say in at least 40 characters why there was no call");
    fields.put("withoutCall", Value.of(reason));
    if (input.has("needs")) fields.put("needs", Value.of(input.uris("needs")));
    input.findUri("challenge").ifPresent(id -> fields.put("challenge", Value.of(id)));
    var slug = input.findText("slug", 60).map(s -> Ids.slug(Kind.PILOT, s));
    input.done();
    fields.put("openedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var id = work.chosen(Kind.PILOT, slug);
          var record = Dossier.of(Kind.PILOT, id, "PREPARING", fields);
          return work.done(record, "open");
        });
  }

  /// Fills in what a pilot in preparation still lacks: `{title, summary, story, partners, team,
  /// funders, startDate, endDate, readyBy, exitPlan, insurance, insuranceWaiver, baselineWaiver,
  /// notNeeded: [bookings|data|regulation], notNeededReason, agreement: {text, maximumEnd, ip,
  /// liability}}`. A changed agreement has to be signed again.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.PILOT, id).expect(expectedVersion);
          requirePmoOrTeam(caller, record);
          if (!record.is("PREPARING"))
            throw new Refusal.Conflict(
                id + " is " + record.state() + "; it is filled in while it is PREPARING");
          var input = new Fields("a pilot", json);
          var changes = fields(input);
          input.findText("title", 300).ifPresent(t -> changes.put("title", Value.of(t)));
          input.done();
          if (changes.containsKey("agreement")) {
            changes.put("cityConsent", Value.Null.VALUE);
            changes.put("partnerConsent", Value.Null.VALUE);
          }
          var amended = record.with(changes);
          return work.done(amended, "amend");
        });
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    for (var name :
        List.of(
            "summary",
            "story",
            "exitPlan",
            "insurance",
            "insuranceWaiver",
            "baselineWaiver",
            "notNeededReason"))
      input.findText(name, 20_000).ifPresent(text -> fields.put(name, Value.of(text)));
    for (var name : List.of("startDate", "endDate", "readyBy"))
      input.findMoment(name).ifPresent(at -> fields.put(name, Value.of(at.toString())));
    for (var name : List.of("partners", "funders"))
      if (input.has(name)) fields.put(name, Value.of(input.uris(name)));
    if (input.has("team")) fields.put("team", Value.of(input.texts("team", 50)));
    if (input.has("notNeeded")) {
      var names = input.texts("notNeeded", 3);
      for (var name : names)
        if (!WAIVABLE.contains(name))
          throw input.wrong("notNeeded", "of " + String.join(", ", WAIVABLE));
      fields.put("notNeeded", Value.of(names));
    }
    input.findStruct("agreement").ifPresent(json -> fields.put("agreement", agreement(json)));
    return fields;
  }

  private static Value.Struct agreement(Value.Struct json) {
    var input = new Fields("an agreement", json);
    var agreement = new LinkedHashMap<String, Value>();
    agreement.put("text", Value.of(input.text("text", 100_000)));
    agreement.put("maximumEnd", Value.of(input.moment("maximumEnd").toString()));
    for (var name : List.of("ip", "liability"))
      input.findText(name, 10_000).ifPresent(text -> agreement.put(name, Value.of(text)));
    input.done();
    return new Value.Struct(agreement);
  }

  /// Signs the agreement: the pmo for the city, a member for the organisation.
  public Outcome sign(Caller caller, String id) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.PILOT, id);
          var agreement = record.findStruct("agreement");
          if (agreement.isEmpty()) throw new Refusal.Conflict(id + " has no agreement to sign yet");
          var standing = engine.standing(caller);
          boolean partner = standing.belongsToAny(record.texts("organisation"));
          if (!partner && !standing.holds("pmo"))
            throw new Refusal.Forbidden(
                "the agreement of " + id + " is signed by the pmo and by its organisation");
          var consent = new LinkedHashMap<String, Value>();
          consent.put("at", Value.of(work.now().toString()));
          consent.put("agreementHash", Value.of(Canonical.hash(agreement.get())));
          var signed =
              record.with(partner ? "partnerConsent" : "cityConsent", new Value.Struct(consent));
          return work.done(signed, partner ? "signForPartner" : "signForCity");
        });
  }

  /// A key for the pilot, for a member of its organisation or the pmo. It may be taken before the
  /// pilot starts, and opens nothing until then. Answered as `key`, once.
  public Outcome issueKey(Caller caller, String id, String label) {
    return engine.alone(caller.address(), () -> issueKeyNow(caller, id, label));
  }

  private Outcome issueKeyNow(Caller caller, String id, String label) {
    var record = engine.dossiers().get(caller.address(), Kind.PILOT, id);
    requirePmoOrTeam(caller, record);
    if (engine.procedures().isTerminal(Kind.PILOT, record.state()))
      throw new Refusal.Conflict(id + " is " + record.state() + "; an ended pilot gets no key");
    var key = binding.issueKey(caller, record, label);
    return new Outcome(record, Map.of("key", Value.of(key)));
  }

  /// Notes when the pilot's key was first answered data, once: `firstDataAt`.
  public void sawData(Address address, String id) {
    if (engine.dossiers().find(address, Kind.PILOT, id).filter(p -> !p.has(FIRST_DATA)).isEmpty())
      return;
    engine.run(
        Caller.plaza(address, "gateway"),
        work -> {
          var record = work.get(Kind.PILOT, id);
          if (record.has(FIRST_DATA)) return record;
          var noted = record.with(FIRST_DATA, work.now());
          return work.done(noted, "firstData");
        });
  }

  /// Publishes the evaluation that was drafted when the pilot finished, with the pmo's words on it:
  /// `{summary}`. The measured part cannot be changed.
  public Outcome publishEvaluation(Caller caller, String evaluationId, Value.Struct json) {
    requirePmo(caller, "an evaluation is published by the pmo");
    var input = new Fields("an evaluation", json);
    var summary = input.text("summary", 20_000);
    input.done();
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.EVALUATION, evaluationId);
          if (!record.is("DRAFT"))
            throw new Refusal.Conflict(evaluationId + " is published already");
          var published =
              record.with("summary", summary).with("publishedAt", work.now()).in("PUBLISHED");
          return work.done(published, "publish");
        });
  }

  /// Where a pilot is offered to another organisation.
  public NovationDesk novations() {
    return new NovationDesk(engine);
  }

  /// The indicators of a pilot, in their order.
  static List<Dossier> indicators(Work work, Dossier pilot) {
    return pilot.texts("indicators").stream().map(id -> work.get(Kind.INDICATOR, id)).toList();
  }

  private void requirePmo(Caller caller, String sentence) {
    if (!engine.standing(caller).holds("pmo")) throw refused(caller, sentence);
  }

  private void requirePmoOrTeam(Caller caller, Dossier pilot) {
    var standing = engine.standing(caller);
    if (!standing.holds("pmo") && !standing.belongsToAny(pilot.texts("organisation")))
      throw refused(caller, pilot.id() + ": this is for the pmo and the pilot's organisation");
  }

  static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
