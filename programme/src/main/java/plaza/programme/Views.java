package plaza.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Value;
import plaza.programme.demand.NeedDesk;
import plaza.programme.pilot.NovationDesk;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Decides what of a record a caller sees.
///
/// The public sees the open fields of records that are not concealed. Who works on a record sees
/// its secret fields too. A proposal's body is for nobody before its call closes, and afterwards
/// for those who judge it and its own organisation; tokens are for nobody ever.
final class Views {
  private static final Set<String> NEVER =
      Set.of("tokenHash", "text", "words", "personKey", "counted");
  private static final List<String> OFFICE = List.of("pmo", "programmeBoard", "auditor");
  private final Engine engine;

  Views(Engine engine) {
    this.engine = engine;
  }

  /// Empty when the caller may not know that the record exists.
  Optional<Value.Struct> of(Caller caller, Dossier record) {
    boolean insider = isInsider(caller, record);
    if (!insider && record.kind().isConcealed(record.state())) return Optional.empty();
    var view = new LinkedHashMap<String, Value>();
    view.put("id", Value.of(record.id()));
    view.put("type", Value.of(record.kind().title()));
    view.put("state", Value.of(record.state()));
    view.put("version", Value.of(record.version()));
    if (record.createdAt() != null) view.put("createdAt", Value.of(record.createdAt().toString()));
    record
        .fields()
        .forEach((name, value) -> {
          if (NEVER.contains(name)) return;
          if (record.kind().isSecret(name, record.state()) && !insider) return;
          if (name.equals("body") && !mayReadBody(caller, record)) return;
          if (name.equals("votes") && !mayAudit(caller)) return;
          view.put(name, value);
        });
    return Optional.of(new Value.Struct(view));
  }

  private boolean isInsider(Caller caller, Dossier record) {
    if (caller.isPlaza()) return true;
    boolean isTheirs =
        switch (record.kind()) {
          case NEED, SERVICE_REQUEST, MODERATION_CASE -> true;
          default -> false;
        };
    if (isTheirs && NeedDesk.isAuthor(caller, record)) return true;
    var standing = engine.standing(caller);
    // Who reported a fault is for those who mend it, not for all of the office.
    if (record.kind() == Kind.SERVICE_REQUEST)
      return standing.holds("departmentOfficer", Situation.scopes(record))
          || standing.holds("moderator")
          || standing.holds("pmo");
    if (OFFICE.stream().anyMatch(standing::holds)) return true;
    return switch (record.kind()) {
      case NEED, NEED_CLUSTER, MODERATION_CASE -> standing.holds("moderator");
      case CHALLENGE ->
          standing.holds("sponsor", record.texts("sponsor"))
              || record.texts("panel").contains(caller.id());
      case PROPOSAL -> belongs(standing, record) || isCleared(caller, record);
      case REVIEW -> record.texts("reviewer").contains(caller.id());
      case EXPLORATION ->
          belongs(standing, record)
              || standing.holds("financeOfficer")
              || standing.holds("dataSteward")
              || standing.holds("sponsor", record.texts("department"))
              || engine
                  .dossiers()
                  .find(caller.address(), Kind.PROPOSAL, record.text("proposal"))
                  .filter(proposal -> isCleared(caller, proposal))
                  .isPresent();
      // Who is to take a pilot over reads what they are to sign.
      case PILOT ->
          belongs(standing, record)
              || standing.holds("dataSteward")
              || NovationDesk.isOfferedTo(standing, record);
      case DATA_GRANT -> belongs(standing, record) || standing.holds("dataSteward");
      case FUNDING_ROUND, TRANCHE, DISBURSEMENT -> standing.holds("financeOfficer");
      // A party sees its own commitments whole, and of others what is public.
      case COMMITMENT -> belongs(standing, record) || standing.holds("financeOfficer");
      case SERVICE ->
          standing.holds("serviceOwner", Situation.scopes(record))
              || standing.belongsToAny(record.texts("operator"))
              || standing.holds("dataSteward");
      case REPLICATION -> standing.holds("cityDelegate", Situation.scopes(record));
      case CONFLICT_DECLARATION -> record.texts("person").contains(caller.id());
      case BOOKING ->
          record.texts("holder").contains(caller.id())
              || belongs(standing, record)
              || standing.holds("fieldOwner", Situation.scopes(record));
      case REGULATORY_CASE ->
          belongs(standing, record)
              || standing.holds("regulatoryOfficer")
              || standing.holds("competentAuthority", Situation.scopes(record));
      case SERVICE_REQUEST,
          FAULT_CATEGORY,
          INDICATOR,
          EVALUATION,
          GATE_DECISION,
          LESSON,
          PLACE,
          INNOVATION_CLUSTER,
          EVENT,
          USAGE_DAY,
          COHORT_CELL,
          SOLUTION_PACKAGE,
          SUPPORT,
          CONTEST,
          FOLLOW,
          NOTICE,
          WEBHOOK,
          TRANSITION_EVENT,
          CHAIN_HEAD ->
          false;
    };
  }

  private static boolean belongs(Standing standing, Dossier record) {
    return standing.belongsToAny(record.texts("organisation"));
  }

  private boolean mayAudit(Caller caller) {
    return engine.standing(caller).holds("auditor");
  }

  /// Its own organisation always; the office and cleared reviewers once the call has closed.
  private boolean mayReadBody(Caller caller, Dossier proposal) {
    if (belongs(engine.standing(caller), proposal))
      return proposal.is("DRAFT") || isUnsealed(caller, proposal);
    if (!isUnsealed(caller, proposal)) return false;
    return OFFICE.stream().anyMatch(engine.standing(caller)::holds) || isCleared(caller, proposal);
  }

  private boolean isUnsealed(Caller caller, Dossier proposal) {
    return engine
        .dossiers()
        .find(caller.address(), Kind.CHALLENGE, proposal.text("challenge"))
        .filter(challenge -> challenge.has("unsealedAt"))
        .isPresent();
  }

  private boolean isCleared(Caller caller, Dossier proposal) {
    if (!caller.isSignedIn()) return false;
    var reviews = new ArrayList<Dossier>();
    engine
        .dossiers()
        .each(
            caller.address(),
            Kind.REVIEW,
            List.of(new plaza.programme.record.Dossiers.Having("proposal", proposal.id())),
            reviews::add);
    return reviews.stream()
        .filter(review -> review.text("reviewer").equals(caller.id()))
        .anyMatch(review -> review.is("CLEARED", "SCORED", "FINAL"));
  }
}
