package plaza.programme.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where proposals are drafted. What is proposed (the body) is sealed on submission: until the call
/// closes nobody reads it, and the receipt proves afterwards that nobody changed it.
public final class ProposalDesk {
  /// What a body must hold before it can be submitted.
  static final List<String> REQUIRED =
      List.of("solution", "trlIn", "trlOut", "cost", "ask", "exitPlan");

  private final Engine engine;

  public ProposalDesk(Engine engine) {
    this.engine = engine;
  }

  /// Drafts a proposal from `{challenge, organisation, title, team, funders, body: {solution,
  /// trlIn, trlOut, dataNeeds, fieldNeeds, ruleNeeds, cost, ask, exitPlan}}`.
  public Outcome draft(Caller caller, Value.Struct json) {
    var input = new Fields("a proposal", json);
    var fields = fields(input);
    fields.put("title", Value.of(input.text("title", 300)));
    var challenge = input.uri("challenge");
    var organisation = input.uri("organisation");
    input.done();
    var standing = engine.standing(caller);
    if (!standing.holds("innovator", List.of(organisation))
        || !standing.organisations().contains(organisation))
      throw new Refusal.Forbidden(
          "a proposal is drafted by an innovator who is a member of " + organisation);
    fields.put("challenge", Value.of(challenge));
    fields.put("organisation", Value.of(organisation));
    fields.put("author", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var call = work.get(Kind.CHALLENGE, challenge);
          if (!call.is("SCHEDULED", "OPEN"))
            throw new Refusal.Conflict(
                challenge + " is " + call.state() + " and takes no proposals");
          var record = Dossier.of(Kind.PROPOSAL, work.ids().next(Kind.PROPOSAL), "DRAFT", fields);
          return work.done(record, "draft");
        });
  }

  /// Changes a draft.
  public Outcome amend(
      Caller caller, String id, Value.Struct json, @Nullable Long expectedVersion) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.PROPOSAL, id).expect(expectedVersion);
          if (!isMember(caller, record))
            throw new Refusal.Forbidden(id + " is amended by its organisation");
          if (!record.is("DRAFT"))
            throw new Refusal.Conflict(id + " is " + record.state() + "; only a draft changes");
          var input = new Fields("a proposal", json);
          var changes = fields(input);
          input.findText("title", 300).ifPresent(t -> changes.put("title", Value.of(t)));
          input.done();
          var amended = record.with(changes);
          return work.done(amended, "amend");
        });
  }

  private boolean isMember(Caller caller, Dossier proposal) {
    return engine.standing(caller).belongsToAny(proposal.texts("organisation"));
  }

  private static Map<String, Value> fields(Fields input) {
    var fields = new LinkedHashMap<String, Value>();
    if (input.has("team")) fields.put("team", Value.of(input.texts("team", 50)));
    if (input.has("funders")) fields.put("funders", Value.of(input.uris("funders")));
    input.findStruct("body").ifPresent(body -> fields.put("body", body(body)));
    return fields;
  }

  private static Value.Struct body(Value.Struct json) {
    var fields = new Fields("the body of a proposal", json);
    var body = new LinkedHashMap<String, Value>();
    for (var name : List.of("solution", "fieldNeeds", "ruleNeeds", "cost", "ask", "exitPlan"))
      fields.findText(name, 20_000).ifPresent(text -> body.put(name, Value.of(text)));
    for (var name : List.of("trlIn", "trlOut"))
      fields.findCount(name, 1, 9).ifPresent(level -> body.put(name, Value.of(level)));
    if (fields.has("dataNeeds")) body.put("dataNeeds", Value.of(fields.texts("dataNeeds", 100)));
    fields.done();
    return new Value.Struct(body);
  }

  /// The members of a proposal's body; none while there is no body.
  static Map<String, Value> body(Dossier proposal) {
    return proposal.findStruct("body").orElse(Value.Struct.EMPTY).members();
  }
}
