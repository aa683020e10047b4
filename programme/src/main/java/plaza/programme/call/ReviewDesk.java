package plaza.programme.call;

import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Where panel members declare their interests. Reviews themselves are steps.
public final class ReviewDesk {
  private final Engine engine;

  public ReviewDesk(Engine engine) {
    this.engine = engine;
  }

  /// Declares interests for a challenge: `{conflicts: [ids of organisations or proposals], reason,
  /// signed: true}`; an empty list declares that there are none. Declaring again replaces it.
  public Outcome declareInterests(Caller caller, String challengeId, Value.Struct json) {
    var input = new Fields("a declaration of interests", json);
    var fields = new LinkedHashMap<String, Value>();
    var conflicts = input.uris("conflicts");
    fields.put("conflicts", Value.of(conflicts));
    input.findText("reason", 4_000).ifPresent(r -> fields.put("reason", Value.of(r)));
    if (!input.flag("signed"))
      throw new Refusal.Invalid("a declaration of interests must be signed: send signed: true");
    input.done();
    fields.put("challenge", Value.of(challengeId));
    fields.put("person", Value.of(caller.id()));
    return engine.run(
        caller,
        work -> {
          var challenge = work.get(Kind.CHALLENGE, challengeId);
          if (!challenge.texts("panel").contains(caller.id()))
            throw new Refusal.Forbidden(caller.id() + " is not on the panel of " + challengeId);
          fields.put("at", Value.of(work.now().toString()));
          var id = declarationId(challengeId, caller.id());
          var record =
              work.find(Kind.CONFLICT_DECLARATION, id)
                  .orElseGet(() ->
                      Dossier.of(Kind.CONFLICT_DECLARATION, id, Dossier.KEPT, java.util.Map.of()))
                  .with(fields);
          return work.done(record, "declareInterests");
        });
  }

  static String declarationId(String challengeId, String personId) {
    return Ids.id(
        Kind.CONFLICT_DECLARATION, Canonical.hash(challengeId + " " + personId).substring(0, 40));
  }

  /// Reviews of a challenge that wait for the caller, or that they finished.
  public List<Dossier> mine(Caller caller, String challengeId) {
    return engine
        .dossiers()
        .list(
            caller.address(),
            Kind.REVIEW,
            List.of(
                new plaza.programme.record.Dossiers.Having("challenge", challengeId),
                new plaza.programme.record.Dossiers.Having("reviewer", caller.id())));
  }
}
