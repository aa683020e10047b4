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

/// Where the board decides about a pilot or a service: somebody opens the gate with an outcome,
/// others vote, and the record's gate step asks whether enough did.
public final class GateDesk {
  static final String[] OUTCOMES = {"CONTINUE", "EXTEND", "SCALE", "STOP", "LEARNED"};
  static final String[] SERVICE_OUTCOMES = {"RENEW", "SUNSET", "REVIVE"};
  static final String[] ROUTES = {"procure", "fund", "concession", "selfOperate"};
  private final Engine engine;
  private final Conflicts conflicts;

  public GateDesk(Engine engine, Conflicts conflicts) {
    this.engine = engine;
    this.conflicts = conflicts;
  }

  /// Opens a gate decision: `{pilot, outcome, rationale, route}` or `{service, outcome,
  /// rationale}`. The evidence it is decided on is sealed with a hash.
  public Outcome open(Caller caller, Value.Struct json) {
    requireBoard(caller);
    var input = new Fields("a gate decision", json);
    var kind = input.has("service") ? Kind.SERVICE : Kind.PILOT;
    var subjectId = input.uri(field(kind));
    var fields = new LinkedHashMap<String, Value>();
    fields.put(field(kind), Value.of(subjectId));
    var outcome = input.oneOf("outcome", kind == Kind.SERVICE ? SERVICE_OUTCOMES : OUTCOMES);
    fields.put("outcome", Value.of(outcome));
    fields.put("rationale", Value.of(input.text("rationale", 20_000)));
    input.findOneOf("route", ROUTES).ifPresent(route -> fields.put("route", Value.of(route)));
    input.done();
    fields.put("openedBy", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var subject = work.get(kind, subjectId);
          requireDecidable(subject, outcome);
          var evidence = evidence(work, subject);
          fields.put("evidence", evidence);
          fields.put("evidenceHash", Value.of(Canonical.hash(evidence)));
          fields.put("openedAt", Value.of(work.now().toString()));
          var record =
              Dossier.of(Kind.GATE_DECISION, work.ids().next(Kind.GATE_DECISION), "OPEN", fields);
          return work.done(record, "open");
        });
  }

  private static void requireDecidable(Dossier subject, String outcome) {
    boolean decidable =
        subject.kind() == Kind.PILOT
            ? subject.is("ACTIVE", "SUSPENDED", "EVALUATING")
            : subject.is(outcome.equals("REVIVE") ? "SUNSETTING" : "RENEWAL_DUE");
    if (!decidable)
      throw new Refusal.Conflict(
          subject.id()
              + " is "
              + subject.state()
              + "; a gate decides about a running pilot, a service due for renewal, or to revive one"
              + " that is to end");
  }

  /// The field of a gate decision, grant or lesson that names a record of the kind.
  static String field(Kind kind) {
    return kind == Kind.SERVICE ? "service" : "pilot";
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
    conflicts
        .find(work, caller.id(), engine.standing(caller), judged(work, gate))
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
    return work.done(counted, "vote");
  }

  /// A service is judged like what its operator did.
  private static Dossier judged(Work work, Dossier gate) {
    if (gate.has("pilot")) return work.get(Kind.PILOT, gate.text("pilot"));
    var service = work.get(Kind.SERVICE, gate.text("service"));
    return service.has("operator")
        ? service.with("organisation", service.text("operator"))
        : service;
  }

  /// What a gate decides on: of a pilot what was measured, and under which definition; of a service
  /// what its use came to.
  static Value.Struct evidence(Work work, Dossier subject) {
    return subject.kind() == Kind.SERVICE ? use(subject) : measured(work, subject);
  }

  private static Value.Struct use(Dossier service) {
    var evidence = new LinkedHashMap<String, Value>();
    evidence.put("service", Value.of(service.id()));
    for (var name : List.of("renewalEvidence", "sunsetDate", "publicReason"))
      service.find(name).ifPresent(value -> evidence.put(name, value));
    return new Value.Struct(evidence);
  }

  private static Value.Struct measured(Work work, Dossier pilot) {
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
              "verdict",
              "verdictReasons")) indicator.find(name).ifPresent(value -> row.put(name, value));
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

  /// The open decisions about a pilot or service, the newest last.
  static List<Dossier> openDecisions(Work work, Dossier subject) {
    return work.list(Kind.GATE_DECISION, new Having(field(subject.kind()), subject.id())).stream()
        .filter(gate -> gate.is("OPEN"))
        .sorted(java.util.Comparator.comparing(Dossier::id))
        .toList();
  }

  private void requireBoard(Caller caller) {
    if (!engine.standing(caller).holds("programmeBoard"))
      throw PilotDesk.refused(caller, "gates are for members of the programmeBoard");
  }
}
