package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.distribute.Batch;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Fragment;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.source.Operation;
import plaza.web.Right;
import plaza.web.Routes;

/// Batches: `/entityOperations/…` (clauses 6.14 to 6.17, 6.31). Each entity stands alone; one that
/// fails does not take the others down.
final class BatchRoutes {
  private static final String PATH = NgsiLdFace.BASE + "/entityOperations/";

  private final Desk desk;

  BatchRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.post(PATH + "create", Right.anyone(), desk.handler(this::create));
    routes.post(PATH + "upsert", Right.anyone(), desk.handler(this::upsert));
    routes.post(PATH + "update", Right.anyone(), desk.handler(this::update));
    routes.post(PATH + "merge", Right.anyone(), desk.handler(this::merge));
    routes.post(PATH + "delete", Right.anyone(), desk.handler(this::delete));
  }

  private void create(Call call) {
    call.allowWriting();
    var results =
        run(
            call,
            call.writeAddress(),
            batch(call, Operation.CREATE_BATCH, "create", Batch.Singly.CREATE),
            (element, context) -> new Edit.Create(whole(call, context).entity(element)));
    if (results.hasErrors()) results.sendPartial(call);
    else call.exchange().send(201, Media.JSON.type, Json.bytes(Value.of(results.created())));
  }

  private void upsert(Call call) {
    var options = call.allowWriting("update", "replace");
    boolean update = options.contains("update");
    var results =
        run(
            call,
            call.writeAddress(),
            batch(
                call,
                Operation.UPSERT_BATCH,
                "upsert",
                update ? Batch.Singly.UPDATE_OR_CREATE : Batch.Singly.REPLACE_OR_CREATE),
            (element, context) ->
                update
                    ? upserted(call, context, element)
                    : new Edit.Put(whole(call, context).entity(element)));
    if (results.hasErrors()) results.sendPartial(call);
    else if (results.created().isEmpty()) call.exchange().send(204);
    else call.exchange().send(201, Media.JSON.type, Json.bytes(Value.of(results.created())));
  }

  private void update(Call call) {
    var options = call.allowWriting("noOverwrite");
    boolean overwrite = !options.contains("noOverwrite");
    var address = desk.existing(call.writeAddress());
    finish(
        call,
        run(
            call,
            address,
            batch(
                call,
                Operation.UPDATE_BATCH,
                "update",
                overwrite ? Batch.Singly.UPDATE : Batch.Singly.APPEND),
            (element, context) -> {
              var fragment =
                  new EntityParser(Reading.updates(context, Options.isSimplified(call)))
                      .fragment(element);
              var id = required(fragment.id());
              if (overwrite && fragment.takesAway()) return updated(id, fragment);
              // Clause 5.6.9.4: as attributes are appended to one entity.
              var types =
                  fragment.types().isEmpty()
                      ? desk.reader.get(call.actor(), address, id).types()
                      : fragment.types();
              return new Edit.Append(fragment.entity(id, types), overwrite, false);
            }));
  }

  private static Edit updated(String id, Fragment fragment) {
    return new Edit.Update(
        id,
        fragment.types(),
        fragment.scopes(),
        fragment.attributes(),
        fragment.gone(),
        fragment.expiresAt());
  }

  /// Clause 5.6.8.4: what there is is updated as by clause 5.6.2, which may take attributes away;
  /// what there is not is created, with nothing to take away.
  private Edit upserted(Call call, Context context, Value element) {
    try {
      return new Edit.Append(whole(call, context).entity(element), true, true);
    } catch (Refusal.Invalid refusal) {
      var fragment =
          new EntityParser(Reading.updates(context, Options.isSimplified(call))).fragment(element);
      var id = fragment.id();
      if (id == null
          || fragment.types().isEmpty()
          || !fragment.takesAway()
          || desk.reader.find(call.actor(), call.writeAddress(), id).isEmpty()) throw refusal;
      return updated(id, fragment);
    }
  }

  private void merge(Call call) {
    call.allowWriting();
    finish(
        call,
        run(
            call,
            desk.existing(call.writeAddress()),
            batch(call, Operation.MERGE_BATCH, "merge", Batch.Singly.MERGE),
            (element, context) -> {
              var fragment =
                  new EntityParser(Reading.merges(context, Options.isSimplified(call)))
                      .fragment(element);
              return new Edit.Merge(
                  required(fragment.id()),
                  fragment.types(),
                  fragment.scopes(),
                  fragment.patches(),
                  null,
                  null,
                  fragment.expiresAt());
            }));
  }

  private void delete(Call call) {
    call.allowWriting();
    finish(
        call,
        run(
            call,
            desk.existing(call.writeAddress()),
            batch(call, Operation.DELETE_BATCH, "delete", Batch.Singly.DELETE),
            (element, _) -> {
              if (element instanceof Value.Text(var id))
                return new Edit.Delete(call.context().uri(id, "an entity id"));
              throw new Refusal.Invalid("a batch of deletions is an array of entity ids");
            }));
  }

  private static Batch batch(Call call, Operation operation, String name, Batch.Singly singly) {
    return new Batch(
        operation,
        "/entityOperations/" + name,
        Provision.parameters(call, "options", "format"),
        singly);
  }

  private static EntityParser whole(Call call, Context context) {
    return new EntityParser(Reading.entities(context, Options.isSimplified(call)));
  }

  private static String required(@org.jspecify.annotations.Nullable String id) {
    if (id == null) throw new Refusal.Invalid("each entity of a batch needs an \"id\"");
    return id;
  }

  private static void finish(Call call, BatchResults results) {
    if (results.hasErrors()) results.sendPartial(call);
    else call.exchange().send(204);
  }

  private BatchResults run(
      Call call, Address address, Batch batch, BiFunction<Value, Context, Edit> reading) {
    if (!(call.document() instanceof Value.Items(var elements)) || elements.isEmpty())
      throw new Refusal.Invalid("a batch is a JSON array with at least one element");
    if (elements.contains(Value.Null.VALUE))
      throw new Refusal.Invalid("a batch cannot have null among its elements");
    var distributor = desk.federation.distributor(call, address);
    return distributor == null
        ? run(call, address, elements, reading)
        : new BatchProvision(desk, distributor, call, address)
            .run(batch, elements, reading, rest -> run(call, address, rest, reading));
  }

  private BatchResults run(
      Call call, Address address, List<Value> elements, BiFunction<Value, Context, Edit> reading) {
    var edits = new ArrayList<Edit>(elements.size());
    var unread = new ArrayList<BatchResults.Unread>();
    for (var element : elements)
      try {
        edits.add(reading.apply(element, call.contextOf(element)));
      } catch (Refusal refusal) {
        unread.add(new BatchResults.Unread(id(element), Problem.of(refusal)));
      } catch (ContextUnavailable missing) {
        unread.add(
            new BatchResults.Unread(
                id(element),
                new Problem(
                    Problem.Type.LD_CONTEXT_NOT_AVAILABLE, String.valueOf(missing.getMessage()))));
      }
    if (edits.isEmpty()) return new BatchResults(List.of(), unread);
    return new BatchResults(
        desk.ledger.write(call.actor(), Write.each(address, edits)).outcomes(), unread);
  }

  static String id(Value element) {
    return switch (element) {
      case Value.Text(var id) -> id;
      case Value.Struct(var members) ->
          members.get("id") instanceof Value.Text(var id) ? id : "urn:ngsi-ld:unknown";
      default -> "urn:ngsi-ld:unknown";
    };
  }
}
