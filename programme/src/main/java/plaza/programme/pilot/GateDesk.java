package plaza.programme.pilot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.call.Conflicts;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Work;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Where the board decides about a pilot: somebody opens the gate with an outcome, others vote, and
/// the pilot's gate step asks whether enough did.
public final class GateDesk {
  static final String[] OUTCOMES = {"CONTINUE", "EXTEND", "SCALE", "STOP", "LEARNED"};
  static final String[] ROUTES = {"procure", "fund", "concession", "selfOperate"};
  private final Engine engine;
  private final Conflicts conflicts;

  public GateDesk(Engine engine, Conflicts conflicts) {
    this.engine = engine;
    this.conflicts = conflicts;
  }

  /// Opens a gate decision: `{pilot, outcome, rationale, route, newEnd}`. The evidence it is
  /// decided on is sealed with a hash.
  public Outcome open(Caller caller, Value.Struct json) {
    requireBoard(caller);
    var input = new Fields("a gate decision", json);
    var pilotId = input.uri("pilot");
    var fields = new LinkedHashMap<String, Value>();
    fields.put("pilot", Value.of(pilotId));
    fields.put("outcome", Value.of(input.oneOf("outcome", OUTCOMES)));
    fields.put("rationale", Value.of(input.text("rationale", 20_000)));
    input.findOneOf("route", ROUTES).ifPresent(route -> fields.put("route", Value.of(route)));
    input.done();
    fields.put("openedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var pilot = work.get(Kind.PILOT, pilotId);
          if (!pilot.is("ACTIVE", "SUSPENDED", "EVALUATING"))
            throw new Refusal.Conflict(
                pilotId + " is " + pilot.state() + "; a gate decides about a running pilot");
          var evidence = evidence(work, pilot);
          fields.put("evidence", evidence);
          fields.put("evidenceHash", Value.of(Canonical.hash(evidence)));
          fields.put("openedAt", Value.of(work.now().toString()));
          var record =
              Dossier.of(Kind.GATE_DECISION, work.ids().next(Kind.GATE_DECISION), "OPEN", fields);
          work.save(record);
          work.enter(record, "open", Value.Struct.EMPTY);
          return record;
        });
  }

  /// Votes: `{approve: true|false, dissent}`. Once each; not who opened the gate, nor who has a tie
  /// to the pilot. Who is against says why, and that is published.
  public Outcome vote(Caller caller, String gateId, Value.Struct json) {
    requireBoard(caller);
    var input = new Fields("a vote", json);
    if (!input.has("approve")) throw new Refusal.Invalid("a vote needs approve: true or false");
    boolean approve = input.flag("approve");
    var dissent = input.findText("dissent", 4_000);
    input.done();
    if (!approve && dissent.isEmpty())
      throw new Refusal.Invalid("a vote against needs a dissent: the reason, to be published");
    return engine.run(caller, work -> voted(work, gateId, approve, dissent));
  }

  private Dossier voted(Work work, String gateId, boolean approve, Optional<String> dissent) {
    var caller = work.caller();
    var gate = work.get(Kind.GATE_DECISION, gateId);
    if (!gate.is("OPEN")) throw new Refusal.Conflict(gateId + " is decided already");
    if (gate.text("openedBy").equals(caller.id()))
      throw new Refusal.Forbidden(
          "who opened " + gateId + " does not vote on it: approver and proposer are two people");
    if (voters(gate).contains(caller.id()))
      throw new Refusal.Conflict(caller.id() + " has voted on " + gateId + " already");
    var pilot = work.get(Kind.PILOT, gate.text("pilot"));
    conflicts
        .find(work, caller.id(), engine.standing(caller), pilot)
        .ifPresent(tie -> {
          throw new Refusal.Forbidden(caller.id() + " may not vote on " + gateId + ": " + tie);
        });
    var vote = new LinkedHashMap<String, Value>();
    vote.put("voter", Value.of(caller.id()));
    vote.put("approve", Value.of(approve));
    vote.put("at", Value.of(work.now().toString()));
    dissent.ifPresent(text -> vote.put("dissent", Value.of(text)));
    var votes = new ArrayList<>(gate.items("votes"));
    votes.add(new Value.Struct(vote));
    var counted =
        gate.with("votes", new Value.Items(votes))
            .with(
                approve ? "approvals" : "rejections",
                gate.count(approve ? "approvals" : "rejections") + 1);
    if (dissent.isPresent()) {
      var all = new ArrayList<>(gate.texts("dissent"));
      all.add(dissent.get());
      counted = counted.with("dissent", all);
    }
    work.save(counted);
    work.enter(counted, "vote", Value.Struct.EMPTY);
    return counted;
  }

  /// What a gate decides on: what was measured, and under which definition.
  static Value.Struct evidence(Work work, Dossier pilot) {
    var rows = new ArrayList<Value>();
    for (var indicator : PilotDesk.indicators(work, pilot)) {
      var row = new LinkedHashMap<String, Value>();
      row.put("indicator", Value.of(indicator.id()));
      for (var name :
          List.of(
              "definitionHash",
              "baseline",
              "controlBaseline",
              "measured",
              "controlMeasured",
              "effect",
              "interval",
              "verdict")) indicator.find(name).ifPresent(value -> row.put(name, value));
      rows.add(new Value.Struct(row));
    }
    var evidence = new LinkedHashMap<String, Value>();
    evidence.put("pilot", Value.of(pilot.id()));
    evidence.put("indicators", new Value.Items(rows));
    return new Value.Struct(evidence);
  }

  /// Whether the sealed evidence still hashes to what was sealed.
  public static boolean recomputes(Dossier gate) {
    return gate.findStruct("evidence")
        .filter(
            evidence -> Canonical.hash(evidence).equals(gate.findText("evidenceHash").orElse("")))
        .isPresent();
  }

  static List<String> voters(Dossier gate) {
    return gate.items("votes").stream()
        .filter(Value.Struct.class::isInstance)
        .map(vote -> ((Value.Struct) vote).members().get("voter"))
        .map(voter -> voter instanceof Value.Text(var id) ? id : "")
        .toList();
  }

  /// The open decisions about a pilot, the newest last.
  static List<Dossier> openDecisions(Work work, String pilotId) {
    return work.list(Kind.GATE_DECISION, new Having("pilot", pilotId)).stream()
        .filter(gate -> gate.is("OPEN"))
        .sorted(java.util.Comparator.comparing(Dossier::id))
        .toList();
  }

  private void requireBoard(Caller caller) {
    if (!engine.standing(caller).holds("programmeBoard"))
      throw PilotDesk.refused(caller, "gates are for members of the programmeBoard");
  }
}
