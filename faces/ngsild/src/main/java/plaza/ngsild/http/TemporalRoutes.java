package plaza.ngsild.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Fragment;
import plaza.ngsild.parse.Reading;
import plaza.web.Right;
import plaza.web.Routes;

/// The evolution of one entity: `/temporal/entities/{id}` and what is added to it (clauses 6.18 to
/// 6.20).
final class TemporalRoutes {
  static final String PATH = NgsiLdFace.BASE + "/temporal/entities";
  private static final Set<String> RETRIEVAL =
      Set.of(
          "attrs",
          "pick",
          "omit",
          "options",
          "format",
          "lang",
          "datasetId",
          "timerel",
          "timeAt",
          "endTimeAt",
          "timeproperty",
          "lastN",
          "aggrMethods",
          "aggrPeriodDuration",
          "local",
          "type",
          "entityMap",
          "entityMapLifetime",
          "expandValues",
          "jsonKeys");

  private static final Set<String> LOCAL = Set.of("local");

  private final Desk desk;

  TemporalRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.post(PATH, Right.anyone(), desk.handler(this::upsert));
    routes.get(PATH + "/{id}", Right.anyone(), desk.handler(this::retrieve));
    routes.post(PATH + "/{id}/attrs", Right.anyone(), desk.handler(this::add));
  }

  /// Clause 5.6.11.
  private void upsert(Call call) {
    var document = call.document();
    call.allow(LOCAL);
    var parser = new EntityParser(Reading.temporal(call.context()));
    var entity = parser.entity(document);
    var address = call.writeAddress();
    if (desk.errands.record(call, entity, rest -> observe(call, address, parser.entity(rest))))
      return;
    if (observe(call, address, entity).created())
      call.exchange().setHeader("Location", EntityRoutes.location(PATH, entity.id())).send(201);
    else call.exchange().send(204);
  }

  /// Clause 5.6.12.
  private void add(Call call) {
    call.document();
    call.allow(LOCAL);
    var reading = Reading.temporal(call.context());
    var fragment = EntityRoutes.fragment(call, reading);
    if (desk.errands.add(
        call, fragment, rest -> add(call, EntityRoutes.fragment(call, reading, rest)))) return;
    add(call, fragment);
    call.exchange().send(204);
  }

  private Outcome.Done add(Call call, Fragment fragment) {
    var address = desk.existing(call.writeAddress());
    var existing = desk.reader.get(call.actor(), address, call.id());
    return observe(call, address, fragment.entity(call.id(), existing.types()));
  }

  /// In the order of the sensor's clock, so that the newest reading is the state whatever the order
  /// in the body.
  private Outcome.Done observe(Call call, Address address, Entity entity) {
    return desk.write(call, address, List.of(new Edit.Observe(entity)));
  }

  private void retrieve(Call call) {
    call.allow(RETRIEVAL);
    var address = desk.existing(call.address());
    var media = call.accepted();
    var asked = TemporalAsk.of(call, call, call.context());
    var id = call.id();
    try {
      retrieve(call, address, media, asked, id);
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private void retrieve(Call call, Address address, Media media, TemporalAsk asked, String id) {
    var map = RetrievalMap.of(desk.maps, call, address, id);
    var elsewhere =
        desk.federation.recall(call, address, id, asked, map == null ? null : map.map());
    var here = desk.reader.findEvenGone(call.actor(), address, id);
    if (map != null && here.isPresent()) map.map().found(id, EntityMap.HERE);
    var entity =
        here.or(() -> elsewhere == null ? Optional.empty() : elsewhere.find(id))
            .orElseThrow(() -> new Refusal.NotFound(id + " does not exist"));
    EntityRoutes.requireType(call, entity);
    var evolution =
        new Evolutions(desk.reader, call.actor(), address, asked, elsewhere, null).of(entity);
    if (map != null) map.tell(desk.maps, call);
    var answer = new TemporalAnswer(call, media, asked);
    answer.one(evolution);
  }
}
