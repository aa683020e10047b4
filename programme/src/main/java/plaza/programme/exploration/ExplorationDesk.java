package plaza.programme.exploration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Where contracts of exploration are signed and keys for them are taken. Everything else about
/// them is a step: `explore` of the proposal opens one.
public final class ExplorationDesk {
  /// What both parties sign.
  private static final List<String> SIGNED =
      List.of(
          "proposal",
          "challenge",
          "organisation",
          "amount",
          "currency",
          "days",
          "startDate",
          "signBy",
          "terms");

  private final Engine engine;
  private final GrantBinding binding;

  public ExplorationDesk(Engine engine, GrantBinding binding) {
    this.engine = engine;
    this.binding = binding;
  }

  /// Signs the contract: the pmo for the city, a member for the organisation.
  public Outcome sign(Caller caller, String id) {
    return engine.run(
        caller,
        work -> {
          var record = work.get(Kind.EXPLORATION, id);
          var standing = engine.standing(caller);
          boolean partner = standing.belongsToAny(record.texts("organisation"));
          if (!partner && !standing.holds("pmo"))
            throw refused(caller, id + " is signed by the pmo and by its organisation");
          if (!record.is("SIGNING"))
            throw new Refusal.Conflict(id + " is " + record.state() + "; it was signed before");
          var consent = new LinkedHashMap<String, Value>();
          consent.put("at", Value.of(work.now().toString()));
          consent.put("contractHash", Value.of(contractHash(record)));
          var signed =
              record.with(partner ? "partnerConsent" : "cityConsent", new Value.Struct(consent));
          return work.done(signed, partner ? "signForPartner" : "signForCity");
        });
  }

  /// A key for the exploration, for a member of its organisation or the pmo. It opens nothing until
  /// the contract is signed and its sample of data approved, and ends with the exploration.
  /// Answered as `key`, once.
  public Outcome issueKey(Caller caller, String id, String label) {
    return engine.alone(caller.address(), () -> issueKeyNow(caller, id, label));
  }

  private Outcome issueKeyNow(Caller caller, String id, String label) {
    var record = engine.dossiers().get(caller.address(), Kind.EXPLORATION, id);
    var standing = engine.standing(caller);
    if (!standing.holds("pmo") && !standing.belongsToAny(record.texts("organisation")))
      throw refused(caller, id + ": a key is for the pmo and the exploration's organisation");
    if (engine.procedures().isTerminal(Kind.EXPLORATION, record.state()))
      throw new Refusal.Conflict(id + " is " + record.state() + "; it gets no key");
    return new Outcome(record, Map.of("key", Value.of(binding.issueKey(caller, record, label))));
  }

  static String contractHash(Dossier exploration) {
    var contract = new LinkedHashMap<String, Value>();
    for (var name : SIGNED) exploration.find(name).ifPresent(value -> contract.put(name, value));
    return Canonical.hash(new Value.Struct(contract));
  }

  static boolean isSigned(Dossier exploration, String consent) {
    return exploration
        .findStruct(consent)
        .map(c -> c.members().get("contractHash"))
        .equals(Optional.of(Value.of(contractHash(exploration))));
  }

  private static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
