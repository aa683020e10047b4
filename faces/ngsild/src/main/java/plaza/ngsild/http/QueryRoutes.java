package plaza.ngsild.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Query;
import plaza.ledger.Page;
import plaza.ngsild.distribute.Mapping;
import plaza.ngsild.query.Collation;
import plaza.ngsild.query.JoinParser;
import plaza.web.Right;
import plaza.web.Routes;

/// Queries of entities: `GET /entities`, `POST /entityOperations/query`, and the purge `DELETE
/// /entities` (clauses 6.4.3.2, 6.4.3.3, 6.23).
final class QueryRoutes {
  private static final Set<String> KNOWN =
      Asked.known(
          "geometryProperty",
          "at",
          "join",
          "joinLevel",
          "containedBy",
          "orderFrom",
          "orderGeometry");

  /// What a Query document says as a URL would (clause 5.2.23).
  private static final Set<String> IN_DOCUMENT =
      Set.of(
          "attrs",
          "pick",
          "omit",
          "datasetId",
          "lang",
          "join",
          "joinLevel",
          "containedBy",
          "entityMap",
          "entityMapLifetime");

  private final Desk desk;

  QueryRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(EntityRoutes.PATH, Right.anyone(), desk.handler(this::query));
    routes.delete(EntityRoutes.PATH, Right.anyone(), desk.handler(this::purge));
    routes.post(
        NgsiLdFace.BASE + "/entityOperations/query",
        Right.anyone(),
        desk.handler(this::queryByDocument));
  }

  private void query(Call call) {
    answer(inUrl(call));
  }

  private void queryByDocument(Call call) {
    answer(inDocument(call));
  }

  /// An entity map of all that a request asks for (clause 5.14.4).
  EntityMap map(Call call) {
    var asked = call.exchange().method().equals("POST") ? inDocument(call) : inUrl(call);
    var address = desk.existing(call.address());
    try {
      return new MappedQuery(
              desk.maps,
              call,
              address,
              asked.query(),
              pages(asked, address, ordering(asked)),
              null,
              MappedQuery.lifetime(desk.maps, asked.parameters()))
          .create();
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private static Asked inUrl(Call call) {
    return Asked.inUrl(call, KNOWN);
  }

  private static Asked inDocument(Call call) {
    return Asked.inDocument(
        call,
        KNOWN,
        false,
        document -> {
          var members = JoinParser.members(document);
          return name -> IN_DOCUMENT.contains(name) ? members.get(name) : null;
        });
  }

  private void answer(Asked asked) {
    var call = asked.call();
    var address = desk.existing(call.address());
    var answer = EntityAnswer.of(call, asked.parameters());
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    var ordering = ordering(asked);
    var mapped =
        MappedQuery.of(
            desk.maps,
            call,
            address,
            asked.query(),
            asked.parameters(),
            pages(asked, address, ordering));
    try {
      var found = mapped == null ? null : mapped.answer(paging);
      var page = found != null ? found.page() : page(asked, address, ordering, paging);
      paging.headers(call, answer.media(), page.total(), page.more());
      answer.many(desk, address, page.entities(), found != null && found.isNew() ? 201 : 200);
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private Page page(Asked asked, Address address, @Nullable Ordering ordering, Paging paging) {
    return ordering == null
        ? desk.federation.query(
            asked.call(), address, asked.query(), asked.parameters(), paging, asked.local())
        : ordering.page(desk, asked.call(), address, asked.query(), paging);
  }

  private MappedQuery.Pages pages(Asked asked, Address address, @Nullable Ordering ordering) {
    return new MappedQuery.Pages() {
      @Override
      public void each(Query query, Predicate<Entity> visitor) {
        if (ordering == null) {
          desk.reader.each(asked.call().actor(), address, query, visitor);
          return;
        }
        var all = Paging.first(desk.limits.orderedEntities());
        for (var entity : ordering.page(desk, asked.call(), address, query, all).entities())
          if (!visitor.test(entity)) return;
      }

      @Override
      public List<Entity> some(Query query, List<String> ids, EntityMap map) {
        return desk.federation.mapped(
            asked.call(),
            address,
            asked.query(),
            query,
            ids,
            asked.parameters(),
            map,
            asked.local());
      }

      @Override
      public Mapping.@Nullable Plan elsewhere(Duration lifetime) {
        return desk.federation.plan(
            asked.call(),
            address,
            asked.query(),
            asked.parameters(),
            lifetime,
            null,
            asked.local());
      }
    };
  }

  private static @Nullable Ordering ordering(Asked asked) {
    var orderBy = asked.parameters().get("orderBy");
    if (orderBy == null) Collation.require(asked.parameters().get("collation"));
    return orderBy == null
        ? null
        : Ordering.of(asked.call(), asked.parameters(), orderBy, asked.local());
  }

  /// Clause 5.6.21.
  private void purge(Call call) {
    call.allow(Purge.KNOWN);
    var query = Asked.query(call);
    var address = desk.existing(call.writeAddress());
    var map = call.exchange().header(EntityMaps.HEADER).map(name -> existingMap(call, name));
    var results = new Purge(desk, call).run(address, query, map.orElse(null));
    map.ifPresent(used ->
        call.exchange()
            .setHeader(EntityMaps.HEADER, EntityRoutes.location(EntityMaps.PATH, used.id())));
    // Clause 5.6.21.4: an error when all of it failed, else a partial success.
    var failure = results.failure();
    if (failure != null) throw failure;
    if (results.hasErrors()) results.sendPartial(call);
    else call.exchange().send(204);
  }

  /// What was to be deleted is not guessed anew when the map is gone.
  private EntityMap existingMap(Call call, String name) {
    return desk.maps
        .find(call.actor(), desk.existing(call.address()), name)
        .orElseThrow(
            () -> new Refusal.NotFound("there is no entity map " + name + " of yours (any more)"));
  }
}
