package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.json.Json;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Fragment;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.source.Operation;
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
    var options = call.allowWritingOne("noOverwrite");
    var reading = Reading.entities(call.context(), Options.isSimplified(call));
    var fragment = EntityRoutes.fragment(call, reading);
    boolean overwrite = !options.contains("noOverwrite");
    if (desk.errands.append(
        call,
        fragment,
        rest -> append(call, EntityRoutes.fragment(call, reading, rest), overwrite))) return;
    done(
        call,
        append(call, fragment, overwrite),
        fragment.attributes().stream().map(Attribute::name).toList());
  }

  private Outcome.Done append(Call call, Fragment fragment, boolean overwrite) {
    var existing = entities.existing(call, call.id());
    return write(
        call, new Edit.Append(fragment.entity(call.id(), existing.types()), overwrite, false));
  }

  private void update(Call call) {
    call.document();
    call.allowWritingOne();
    var reading = Reading.updates(call.context(), Options.isSimplified(call));
    var fragment = EntityRoutes.fragment(call, reading);
    if (desk.errands.update(
        call, fragment, rest -> update(call, EntityRoutes.fragment(call, reading, rest)))) return;
    var names = new ArrayList<String>();
    fragment.attributes().forEach(attribute -> names.add(attribute.name()));
    fragment.gone().forEach(gone -> names.add(gone.name()));
    done(call, update(call, fragment), names);
  }

  private Outcome.Done update(Call call, Fragment fragment) {
    return write(
        call,
        new Edit.Update(
            call.id(),
            fragment.types(),
            fragment.scopes(),
            fragment.attributes(),
            fragment.gone(),
            fragment.expiresAt()));
  }

  private static void done(Call call, Outcome.Done done, List<String> given) {
    var result = EntityRoutes.result(given, done);
    if (result == null) call.exchange().send(204);
    else call.exchange().send(207, Media.JSON.type, Json.bytes(result));
  }

  private void patch(Call call) {
    var document = call.document();
    call.allowWritingOne();
    var parser = new EntityParser(Reading.updates(call.context(), Options.isSimplified(call)));
    var edit = new Edit.Patch(call.id(), parser.patch(attribute(call), document));
    if (desk.errands.attribute(
        call, Operation.UPDATE_ATTRS, edit.patch().name(), _ -> write(call, edit))) return;
    write(call, edit);
    call.exchange().send(204);
  }

  private void replace(Call call) {
    var document = call.document();
    call.allowWritingOne();
    var parser = new EntityParser(Reading.entities(call.context(), Options.isSimplified(call)));
    var edit = new Edit.ReplaceAttribute(call.id(), parser.attribute(attribute(call), document));
    if (desk.errands.attribute(
        call, Operation.REPLACE_ATTRS, edit.attribute().name(), _ -> write(call, edit))) return;
    write(call, edit);
    call.exchange().send(204);
  }

  private void delete(Call call) {
    call.allow(Set.of("type", "datasetId", "deleteAll", "local"));
    var name = call.exchange().parameter("attr");
    if (name.equals("scope")) {
      if (entities.existing(call, call.id()).scopes().isEmpty())
        throw new Refusal.NotFound(call.id() + " has no scope");
      write(call, new Edit.Merge(call.id(), List.of(), List.of(), List.of()));
      call.exchange().send(204);
      return;
    }
    var parser = new EntityParser(Reading.entities(call.context(), false));
    var edit =
        new Edit.DeleteAttribute(
            call.id(), parser.name(name), call.datasetId(), call.flag("deleteAll"));
    if (desk.errands.deleteAttribute(call, false, edit.name(), _ -> write(call, edit))) return;
    write(call, edit);
    call.exchange().send(204);
  }

  /// The attribute's name in the path, as it was written.
  private static String attribute(Call call) {
    var name = call.exchange().parameter("attr");
    if (name.equals("scope"))
      throw new Refusal.Invalid(
          "scope is no attribute; change it with PATCH " + EntityRoutes.PATH + "/{id}");
    return name;
  }

  private Outcome.Done write(Call call, Edit edit) {
    if (call.get("type") != null) entities.existing(call, call.id());
    return desk.write(call, desk.existing(call.writeAddress()), call.guarded(edit));
  }
}
