package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;
import plaza.web.Right;
import plaza.web.Routes;

/// The attributes of one entity: `/entities/{id}/attrs` (clauses 6.6, 6.7).
final class AttributeRoutes {
  private final Desk desk;
  private final EntityRoutes entities;

  AttributeRoutes(Desk desk, EntityRoutes entities) {
    this.desk = desk;
    this.entities = entities;
  }

  void addTo(Routes routes) {
    var all = EntityRoutes.PATH + "/{id}/attrs";
    routes.post(all, Right.anyone(), desk.handler(this::append));
    routes.patch(all, Right.anyone(), desk.handler(this::update));
    routes.patch(all + "/{attr}", Right.anyone(), desk.handler(this::patch));
    routes.put(all + "/{attr}", Right.anyone(), desk.handler(this::replace));
    routes.delete(all + "/{attr}", Right.anyone(), desk.handler(this::delete));
  }

  private void append(Call call) {
    call.document();
    var options = call.allowWriting("noOverwrite");
    var fragment =
        EntityRoutes.fragment(call, Reading.entities(call.context(), Options.isSimplified(call)));
    var existing = entities.existing(call, call.id());
    done(
        call,
        new Edit.Append(
            fragment.entity(call.id(), existing.types()), !options.contains("noOverwrite"), false),
        fragment.attributes().stream().map(Attribute::name).toList());
  }

  private void update(Call call) {
    call.document();
    call.allowWriting();
    var fragment =
        EntityRoutes.fragment(call, Reading.updates(call.context(), Options.isSimplified(call)));
    if (call.get("type") != null) entities.existing(call, call.id());
    var names = new ArrayList<String>();
    var attributes = fragment.attributes();
    attributes.forEach(attribute -> names.add(attribute.name()));
    fragment.gone().forEach(gone -> names.add(gone.name()));
    done(
        call,
        new Edit.Update(
            call.id(),
            fragment.types(),
            fragment.scopes() == null ? List.of() : fragment.scopes(),
            attributes,
            fragment.gone(),
            fragment.expiresAt()),
        names);
  }

  private void done(Call call, Edit edit, List<String> given) {
    var receipt =
        desk.ledger.write(
            call.actor(), Write.atomic(desk.existing(call.writeAddress()), call.guarded(edit)));
    if (receipt.outcomes().getLast() instanceof Outcome.Done done) {
      var result = EntityRoutes.result(given, done);
      if (result != null) {
        call.exchange().send(207, Media.JSON.type, Json.bytes(result));
        return;
      }
    }
    call.exchange().send(204);
  }

  private void patch(Call call) {
    var document = call.document();
    call.allowWriting();
    var parser = new EntityParser(Reading.updates(call.context(), Options.isSimplified(call)));
    write(call, new Edit.Patch(call.id(), parser.patch(attribute(call), document)));
  }

  private void replace(Call call) {
    var document = call.document();
    call.allowWriting();
    var parser = new EntityParser(Reading.entities(call.context(), Options.isSimplified(call)));
    write(call, new Edit.ReplaceAttribute(call.id(), parser.attribute(attribute(call), document)));
  }

  private void delete(Call call) {
    call.allow(Set.of("type", "datasetId", "deleteAll", "local"));
    var name = call.exchange().parameter("attr");
    if (name.equals("scope")) {
      if (entities.existing(call, call.id()).scopes().isEmpty())
        throw new Refusal.NotFound(call.id() + " has no scope");
      write(call, new Edit.Merge(call.id(), List.of(), List.of(), List.of()));
      return;
    }
    var datasetId = call.get("datasetId");
    if (datasetId != null && !datasetId.equals("@none")) Names.uri(datasetId, "datasetId");
    var parser = new EntityParser(Reading.entities(call.context(), false));
    write(
        call,
        new Edit.DeleteAttribute(
            call.id(),
            parser.name(name),
            "@none".equals(datasetId) ? null : datasetId,
            call.flag("deleteAll")));
  }

  /// The attribute's name in the path, as it was written.
  private static String attribute(Call call) {
    var name = call.exchange().parameter("attr");
    if (name.equals("scope"))
      throw new Refusal.Invalid(
          "scope is no attribute; change it with PATCH " + EntityRoutes.PATH + "/{id}");
    return name;
  }

  private void write(Call call, Edit edit) {
    if (call.get("type") != null) entities.existing(call, call.id());
    desk.ledger.write(
        call.actor(), Write.atomic(desk.existing(call.writeAddress()), call.guarded(edit)));
    call.exchange().send(204);
  }
}
