package plaza.ngsild.http;

import java.util.Set;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;
import plaza.web.Right;
import plaza.web.Routes;

/// What is taken out of evolutions, or put right in them (clauses 5.6.13 to 5.6.16; 6.19.3.2, 6.21,
/// 6.22). An evolution and an entity are one: the entity says what is left of it.
final class ErasureRoutes {
  private static final String PATH = TemporalRoutes.PATH;

  private final Desk desk;

  ErasureRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.delete(PATH + "/{id}", Right.anyone(), desk.handler(this::evolution));
    routes.delete(PATH + "/{id}/attrs/{attr}", Right.anyone(), desk.handler(this::attribute));
    var instance = PATH + "/{id}/attrs/{attr}/{instance}";
    routes.patch(instance, Right.anyone(), desk.handler(this::correct));
    routes.delete(instance, Right.anyone(), desk.handler(this::instance));
  }

  /// Clause 5.6.16.
  private void evolution(Call call) {
    call.allow(Set.of("local"));
    var edit = new Edit.EraseEvolution(call.id());
    if (desk.errands.delete(call, true, _ -> write(call, edit))) return;
    done(call, edit);
  }

  /// Clause 5.6.13.
  private void attribute(Call call) {
    call.allow(Set.of("datasetId", "deleteAll", "local"));
    var edit =
        new Edit.EraseAttribute(call.id(), name(call), call.datasetId(), call.flag("deleteAll"));
    if (desk.errands.deleteAttribute(call, true, edit.name(), _ -> write(call, edit))) return;
    done(call, edit);
  }

  /// Clause 5.6.15.
  private void instance(Call call) {
    call.allow(Set.of("local"));
    var edit = new Edit.EraseInstance(call.id(), name(call), instanceId(call));
    if (desk.errands.instance(call, edit.name(), edit.instanceId(), true, _ -> write(call, edit)))
      return;
    done(call, edit);
  }

  /// Clause 5.6.14: the body is a fragment with one instance of the attribute in the path.
  private void correct(Call call) {
    call.document();
    call.allow(Set.of("local"));
    var fragment = EntityRoutes.fragment(call, Reading.temporal(call.context()));
    var name = name(call);
    var given = fragment.attributes();
    if (given.size() != 1 || !given.getFirst().name().equals(name))
      throw new Refusal.Invalid(
          "the body must hold exactly one instance of "
              + call.exchange().parameter("attr")
              + " and no other attribute");
    var edit = new Edit.CorrectInstance(call.id(), instanceId(call), given.getFirst());
    if (desk.errands.instance(call, name, edit.instanceId(), false, _ -> write(call, edit))) return;
    done(call, edit);
  }

  private static String name(Call call) {
    var written = call.exchange().parameter("attr");
    return written.equals("scope")
        ? Names.SCOPE
        : new EntityParser(Reading.temporal(call.context())).name(written);
  }

  private static String instanceId(Call call) {
    return Names.uri(call.exchange().parameter("instance"), "the instanceId");
  }

  private void done(Call call, Edit edit) {
    write(call, edit);
    call.exchange().send(204);
  }

  private Outcome.Done write(Call call, Edit edit) {
    return desk.write(call, desk.existing(call.writeAddress()), call.guarded(edit));
  }
}
