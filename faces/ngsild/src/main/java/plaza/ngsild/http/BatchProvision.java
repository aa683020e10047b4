package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.distribute.Batch;
import plaza.ngsild.distribute.BatchForwarding;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.Forwarding;
import plaza.ngsild.distribute.Routing;
import plaza.ngsild.distribute.Writing;
import plaza.ngsild.parse.EntityParser;

/// Batches that may concern context sources: each entity is split as it would be alone, each source
/// gets its share at once, and the rest is done here (clauses 5.6.7 to 5.6.10, 5.6.20).
final class BatchProvision {
  private final Desk desk;
  private final Distributor distributor;
  private final Call call;
  private final Address address;

  BatchProvision(Desk desk, Distributor distributor, Call call, Address address) {
    this.desk = desk;
    this.distributor = distributor;
    this.call = call;
    this.address = address;
  }

  /// An element that can be read.
  private record Sound(Value element, Batch.Item item) {}

  /// @param reading refuses an element that cannot be read
  /// @param here does what is left for this server
  BatchResults run(
      Batch batch,
      List<Value> elements,
      BiFunction<Value, Context, Edit> reading,
      Function<List<Value>, BatchResults> here) {
    var forwarding =
        new BatchForwarding(
            distributor.forwarding(), Federation.passage(call, address, distributor), batch);
    var results = new BatchResults(List.of(), List.of());
    var sound = sound(elements, reading, results);
    var rest = new ArrayList<Value>();
    var items = new ArrayList<Batch.Item>();
    var routings = new ArrayList<Routing>();
    for (var one : sound) {
      var routing = forwarding.route(one.item);
      if (!routing.parcels().isEmpty()) {
        try {
          requireRight(one.item, routing);
        } catch (Refusal refusal) {
          results.fail(one.item.id(), Problem.of(refusal), null);
          continue;
        }
        items.add(one.item);
        routings.add(routing);
      }
      if (routing.staysHere()) rest.add(left(one, routing));
    }
    var told = forwarding.send(items, routings);
    results.succeed(told.done(), told.created());
    if (!rest.isEmpty()) {
      var done = here.apply(rest);
      done.forgiveAbsence(told.done()::contains);
      done.addTo(results);
    }
    for (var complaint : told.complaints()) {
      var fault = complaint.verdict().fault();
      if (fault == null) continue;
      if (complaint.verdict().isAbsence() && results.hasSucceeded(complaint.entityId())) continue;
      var source = complaint.verdict().registrationId();
      results.fail(complaint.entityId(), Provision.problem(fault, source), source);
    }
    return results;
  }

  private List<Sound> sound(
      List<Value> elements, BiFunction<Value, Context, Edit> reading, BatchResults results) {
    var sound = new ArrayList<Sound>();
    var held = desk.reader.findAll(call.actor(), address, ids(elements));
    for (var element : elements)
      try {
        var id = id(element, reading);
        sound.add(new Sound(element, item(element, id, held.get(id))));
      } catch (Refusal refusal) {
        results.fail(BatchRoutes.id(element), Problem.of(refusal), null);
      } catch (ContextUnavailable missing) {
        results.fail(
            BatchRoutes.id(element),
            new Problem(
                Problem.Type.LD_CONTEXT_NOT_AVAILABLE, String.valueOf(missing.getMessage())),
            null);
      }
    return sound;
  }

  private String id(Value element, BiFunction<Value, Context, Edit> reading) {
    try {
      return reading.apply(element, call.contextOf(element)).entityId();
    } catch (Refusal.NotFound _) {
      // It may be held at a source.
      return BatchRoutes.id(element);
    }
  }

  private static Set<String> ids(List<Value> elements) {
    var ids = new LinkedHashSet<String>();
    for (var element : elements) ids.add(BatchRoutes.id(element));
    return ids;
  }

  private Batch.Item item(Value element, String id, @Nullable Entity held) {
    var types = new LinkedHashSet<String>();
    if (held != null) types.addAll(held.types());
    if (element instanceof Value.Text) return new Batch.Item(id, List.copyOf(types), null);
    var context = call.contextOf(element);
    var said = EntityParser.object(element).get("type");
    if (said == null) said = EntityParser.object(element).get("@type");
    if (said instanceof Value.Text(var type)) types.add(context.expand(type));
    if (said instanceof Value.Items(var several))
      for (var one : several)
        if (one instanceof Value.Text(var type)) types.add(context.expand(type));
    return new Batch.Item(id, List.copyOf(types), Writing.of(element, context));
  }

  private void requireRight(Batch.Item item, Routing routing) {
    var attributes = new LinkedHashSet<String>();
    for (var parcel : routing.parcels()) attributes.addAll(parcel.attributes());
    Forwarding.requireRight(
        call.actor(),
        desk.policy.rights(call.actor(), address).write(),
        item.id(),
        item.types(),
        attributes);
  }

  /// The element without what goes to sources only.
  private static Value left(Sound one, Routing routing) {
    var writing = one.item.writing();
    if (writing == null || routing.parcels().isEmpty()) return one.element;
    var members = new LinkedHashMap<>(writing.only(routing.here()).document().members());
    var context = EntityParser.object(one.element).get("@context");
    if (context != null) members.put("@context", context);
    return new Value.Struct(members);
  }
}
