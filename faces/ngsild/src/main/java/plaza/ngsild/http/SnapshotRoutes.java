package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Outcome;
import plaza.graph.query.Condition;
import plaza.graph.query.Evaluator;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.snapshot.Snapshot;
import plaza.ngsild.snapshot.Snapshots;
import plaza.web.Right;
import plaza.web.Routes;

/// `/snapshots` (clauses 5.16, 6.36 to 6.38).
final class SnapshotRoutes {
  private static final String PATH = NgsiLdFace.BASE + "/snapshots";
  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "type",
          "snapshotQueries",
          "snapshotTemporalQueries",
          "snapshotLifetime",
          "snapshotPriority",
          "endpoint",
          "receiverInfo",
          "snapshotStatus",
          "snapshotQueriesDetails",
          "snapshotTemporalQueriesDetails",
          "createdAt",
          "modifiedAt",
          "expiresAt",
          "lastUsedAt");

  private final Desk desk;
  private final Snapshots snapshots;

  SnapshotRoutes(Desk desk, Snapshots snapshots) {
    this.desk = desk;
    this.snapshots = snapshots;
  }

  void addTo(Routes routes) {
    var one = PATH + "/{id}";
    routes.post(PATH, Right.anyone(), desk.handler(this::create));
    routes.delete(PATH, Right.anyone(), desk.handler(this::purge));
    routes.get(one, Right.anyone(), desk.handler(this::retrieve));
    routes.patch(one, Right.anyone(), desk.handler(this::update));
    routes.delete(one, Right.anyone(), desk.handler(this::delete));
    routes.post(one + "/clone", Right.anyone(), desk.handler(this::copy));
  }

  private void create(Call call) {
    call.allow(Set.of());
    var members = EntityParser.object(call.document());
    var address = desk.existing(call.writeAddress());
    created(call, snapshots.create(call.actor(), address, members, call.context()));
  }

  private void copy(Call call) {
    call.allow(Set.of());
    var members = EntityParser.object(call.document());
    var address = desk.existing(call.writeAddress());
    created(call, snapshots.clone(call.actor(), address, call.recordId(), members, call.context()));
  }

  private static void created(Call call, Snapshot snapshot) {
    call.exchange().setHeader("Location", EntityRoutes.location(PATH, snapshot.id())).send(201);
  }

  private void retrieve(Call call) {
    call.allow(Set.of());
    show(call, snapshots.get(call.actor(), desk.existing(call.address()), call.recordId()));
  }

  private void update(Call call) {
    call.allow(Set.of());
    var members = EntityParser.object(call.document());
    var address = desk.existing(call.writeAddress());
    show(call, snapshots.update(call.actor(), address, call.recordId(), members, call.context()));
  }

  private static void show(Call call, Snapshot snapshot) {
    call.answer(200, call.accepted(), snapshot.document());
  }

  private void delete(Call call) {
    call.allow(Set.of());
    snapshots.delete(call.actor(), desk.existing(call.writeAddress()), call.recordId());
    call.exchange().send(204);
  }

  /// Clause 5.16.7.
  private void purge(Call call) {
    call.allow(Set.of("q"));
    var q = call.get("q");
    if (q == null) throw new Refusal.Invalid("which snapshots are to go is said by q");
    var condition = QueryParser.condition(q, Set.of(), call.context());
    if (condition == null) throw new IllegalStateException();
    requireMembers(condition, call.context());
    var address = desk.existing(call.writeAddress());
    var outcomes = new ArrayList<Outcome>();
    for (var snapshot : snapshots.list(call.actor(), address)) {
      if (!Evaluator.matches(condition, entity(snapshot, call.context()))) continue;
      try {
        snapshots.delete(call.actor(), address, snapshot.id());
        outcomes.add(new Outcome.Done(snapshot.id(), false, List.of()));
      } catch (Refusal refusal) {
        outcomes.add(new Outcome.Refused(snapshot.id(), refusal));
      }
    }
    if (outcomes.isEmpty()) throw new Refusal.NotFound("no snapshot meets q=" + q);
    var results = new BatchResults(outcomes, List.of());
    if (results.hasErrors()) results.sendPartial(call);
    else call.exchange().send(204);
  }

  /// A snapshot as what `q` is asked of (clause 4.9).
  private static Entity entity(Snapshot snapshot, Context context) {
    Map<String, Value> members = new LinkedHashMap<>(snapshot.document().members());
    var attributes = new ArrayList<Attribute>();
    for (var name : List.of("id", "type", "createdAt", "modifiedAt", "expiresAt"))
      members.remove(name);
    members.forEach((name, value) -> attributes.add(Attribute.of(context.expand(name), value)));
    return new Entity(
        snapshot.id(),
        List.of(context.expand("Snapshot")),
        List.of(),
        attributes,
        snapshot.createdAt(),
        snapshot.modifiedAt(),
        snapshot.expiresAt(),
        0);
  }

  private static void requireMembers(Condition condition, Context context) {
    switch (condition) {
      case Condition.And(var parts) -> parts.forEach(part -> requireMembers(part, context));
      case Condition.Or(var parts) -> parts.forEach(part -> requireMembers(part, context));
      case Condition.Linked(var path, _, _) -> requireMember(path.attribute(), context);
      case Condition.Exists(var path) -> requireMember(path.attribute(), context);
      case Condition.Test(var path, _, _) -> requireMember(path.attribute(), context);
    }
  }

  private static void requireMember(String name, Context context) {
    if (MEMBERS.contains(name)) return;
    for (var member : MEMBERS)
      if (!member.equals("id") && !member.equals("type") && context.expand(member).equals(name))
        return;
    throw new Refusal.Invalid("q: a snapshot has no member " + context.name(name));
  }
}
