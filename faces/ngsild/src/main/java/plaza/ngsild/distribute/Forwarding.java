package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.store.Span;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Operation;
import plaza.ngsild.source.Registry;

/// Sends changes on to the sources whose business they are (clause 5.6).
public final class Forwarding {
  private final Sources sources;
  private final Registry registry;

  Forwarding(Sources sources) {
    this.sources = sources;
    this.registry = sources.registry();
  }

  /// Where the parts of a change go.
  public Routing route(Passage passage, Errand errand) {
    return route(
        passage,
        errand.entityId(),
        errand.types(),
        errand.targets(),
        Set.of(errand.operation()),
        isTemporal(errand.root()));
  }

  Routing route(
      Passage passage,
      String entityId,
      List<String> types,
      Targets targets,
      Set<Operation> operations,
      boolean temporal) {
    // Whether a source offers the operation and where the request comes from decide later: a
    // proxied source that cannot be asked is an error, not somebody else's business.
    var ask =
        Ask.of(operations.iterator().next(), entityId, types, List.copyOf(targets.attributes()));
    var matches = new ArrayList<>(matching(passage, ask, Set.of(), temporal));
    // Of sources that give no interval, those that name the operation.
    if (temporal)
      for (var match : matching(passage, ask, operations, true))
        if (!match.registration().extent().isTemporal()) matches.add(match);
    return Routing.of(matches, targets, operations, passage.passed());
  }

  private List<Match> matching(
      Passage passage, Ask ask, Set<Operation> operations, boolean temporal) {
    return registry.matching(
        passage.tenant(),
        new Ask(
            operations,
            ask.selectors(),
            ask.attributes(),
            Set.of(),
            null,
            null,
            temporal ? Span.ALWAYS : null,
            null,
            Set.of()));
  }

  private static boolean isTemporal(String root) {
    return root.startsWith("/temporal");
  }

  /// Sends all parcels at once and waits for their answers.
  public List<Verdict> send(Passage passage, Errand errand, List<Routing.Parcel> parcels) {
    return Fan.out(
        parcels,
        parcel ->
            parcel.way() == Routing.Way.OPEN
                ? Verdict.together(
                    errand.within(parcel).stream().map(one -> sent(passage, one, parcel)).toList())
                : Verdict.unsent(parcel, errand.operation().word));
  }

  private Verdict sent(Passage passage, Errand errand, Routing.Parcel parcel) {
    return Verdict.of(
        parcel,
        sources.ask(
            passage, parcel.match().registration(), dialect -> errand.request(parcel, dialect)),
        errand.operation() == Operation.CREATE_ENTITY);
  }

  Sources sources() {
    return sources;
  }

  /// Whether somebody may have something changed elsewhere in his name: sources do not know him, so
  /// it is decided here, by what he may change here.
  ///
  /// @throws Refusal.Forbidden or [Refusal.Unauthenticated] when he may not
  public static void requireRight(
      Actor actor, Sight write, String entityId, List<String> types, Set<String> attributes) {
    if (types.stream().anyMatch(Names::isPrivate) || attributes.stream().anyMatch(Names::isPrivate))
      throw new Refusal.Forbidden(entityId + " has names that stay here");
    if (write.isUnlimited()) return;
    boolean may =
        !types.isEmpty()
            && !attributes.isEmpty()
            && write.views().stream()
                .anyMatch(view ->
                    view.area() == null
                        && view.acceptsId(entityId)
                        && types.stream().allMatch(view::acceptsType)
                        && attributes.stream().allMatch(view::accepts));
    if (may) return;
    var sentence =
        actor.id() + " may not change " + entityId + " at context sources: " + write.reason();
    throw actor.isAnonymous()
        ? new Refusal.Unauthenticated(sentence)
        : new Refusal.Forbidden(sentence);
  }
}
