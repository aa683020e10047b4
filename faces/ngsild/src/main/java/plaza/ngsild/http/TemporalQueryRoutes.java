package plaza.ngsild.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Query;
import plaza.ngsild.distribute.Records;
import plaza.ngsild.http.Evolutions.Evolution;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.query.QueryDocument;
import plaza.ngsild.query.QueryParser;
import plaza.web.Right;
import plaza.web.Routes;

/// Queries of evolutions: `GET /temporal/entities`, `POST /temporal/entityOperations/query` (clause
/// 5.7.4).
final class TemporalQueryRoutes {
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "idPattern",
          "type",
          "attrs",
          "q",
          "georel",
          "geometry",
          "coordinates",
          "geoproperty",
          "scopeQ",
          "limit",
          "offset",
          "count",
          "options",
          "format",
          "pick",
          "omit",
          "lang",
          "datasetId",
          "local",
          "csf",
          "timerel",
          "timeAt",
          "endTimeAt",
          "timeproperty",
          "lastN",
          "aggrMethods",
          "aggrPeriodDuration",
          "entityMap",
          "entityMapLifetime",
          "expandValues",
          "jsonKeys",
          "splitEntities",
          "orderBy",
          "collation");
  private static final int INSTANCES_JUDGED = 100_000;
  private static final int MOST_MAPPED = 1_000_000;

  /// A page that holds so many ends there, whatever its limit: it is held in memory.
  private static final int INSTANCES_PER_PAGE = 300_000;

  private final Desk desk;

  TemporalQueryRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(TemporalRoutes.PATH, Right.anyone(), desk.handler(call -> answer(inUrl(call))));
    routes.post(
        NgsiLdFace.BASE + "/temporal/entityOperations/query",
        Right.anyone(),
        desk.handler(call -> answer(inDocument(call))));
  }

  /// What a request asks for.
  private record Asked(
      Call call,
      Query query,
      QueryParser.Parameters parameters,
      TemporalAsk how,
      boolean isLocal) {}

  private static Asked inUrl(Call call) {
    call.allow(KNOWN);
    return new Asked(
        call,
        QueryRoutes.parse(call),
        call,
        TemporalAsk.of(call, call, call.context()),
        QueryRoutes.isLocal(call));
  }

  private static Asked inDocument(Call call) {
    call.allow(KNOWN, QueryRoutes.OF_DOCUMENT);
    var members = EntityParser.object(call.document());
    QueryDocument.require(members, true);
    var query = QueryParser.parse(new Value.Struct(members), call.context());
    QueryRoutes.requireSound(call, QueryParser.text(members.get("csf"), "csf"));
    boolean local = QueryRoutes.isLocal(call, members);
    if (!local) QueryParser.requireNarrow(query);
    QueryParser.Parameters parameters =
        name -> {
          var inUrl = call.get(name);
          return inUrl != null ? inUrl : said(members, name);
        };
    return new Asked(
        call, query, parameters, TemporalAsk.of(call, parameters, call.context()), local);
  }

  /// An entity map of all that a request asks for (clause 5.14.5).
  EntityMap map(Call call) {
    var asked = call.exchange().method().equals("POST") ? inDocument(call) : inUrl(call);
    requireTime(asked);
    return mapped(asked, desk.existing(call.address())).create();
  }

  private MappedEvolutions mapped(Asked asked, Address address) {
    var call = asked.call;
    return new MappedEvolutions(
        desk.maps,
        call,
        address,
        asked.query,
        MappedQuery.lifetime(desk.maps, asked.parameters),
        lifetime ->
            desk.federation.plan(
                call, address, asked.query, asked.parameters, lifetime, asked.how, asked.isLocal()),
        (query, limit, map) -> {
          boolean all = limit == 0;
          boolean alone = asked.isLocal() || map == null;
          var found = find(asked, address, query, new Paging(0, limit), all, map, alone);
          var ids = all ? found.met : found.page.stream().map(Entity::id).toList();
          return new MappedEvolutions.Part(
              ids, all ? List.of() : found.evolutions(), found.more, found.instances);
        });
  }

  private static void requireTime(Asked asked) {
    if (asked.how.when().timerel() == null)
      throw new Refusal.Invalid("a temporal query needs timerel and timeAt");
  }

  /// What a Query document says of time and form, as a URL would.
  private static @Nullable String said(java.util.Map<String, Value> members, String name) {
    return switch (name) {
      case "attrs", "pick", "omit", "datasetId" -> list(members.get(name), name);
      case "timerel", "timeAt", "endTimeAt", "timeproperty", "lastN" ->
          inside(members.get("temporalQ"), name);
      case "aggrMethods", "aggrPeriodDuration" -> {
        var found = inside(members.get("aggrParams"), name);
        yield found == null ? inside(members.get("temporalQ"), name) : found;
      }
      case "lang", "entityMapLifetime" -> QueryParser.text(members.get(name), name);
      case "entityMap" ->
          members.get(name) instanceof Value.Flag(boolean set) ? Boolean.toString(set) : null;
      case "orderBy", "collation" ->
          members.get("ordering") instanceof Value.Struct ordering
              ? Ordering.members(ordering).get(name)
              : null;
      default -> null;
    };
  }

  private static @Nullable String inside(@Nullable Value object, String name) {
    if (!(object instanceof Value.Struct(var members))) return null;
    return members.get(name) instanceof Value.Whole(long number)
        ? Long.toString(number)
        : list(members.get(name), name);
  }

  private static @Nullable String list(@Nullable Value value, String name) {
    return value == null ? null : String.join(",", QueryParser.texts(value, name));
  }

  private void answer(Asked asked) {
    requireTime(asked);
    try {
      tell(asked);
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private void tell(Asked asked) {
    var call = asked.call;
    var address = desk.existing(call.address());
    var media = call.accepted();
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    boolean counting = call.flag("count");
    if (paging.limit() == 0 && !counting)
      throw new Refusal.Invalid("limit=0 needs count=true beside it");
    var wanted = call.exchange().header(EntityMaps.HEADER);
    if (wanted.isPresent() || MappedQuery.flag(asked.parameters)) {
      var page =
          mapped(asked, address).answer(wanted.orElse(null), paging, counting, INSTANCES_PER_PAGE);
      if (counting) count(call, page.total());
      paging.links(call, media, page.more(), page.step());
      new TemporalAnswer(call, media, asked.how).many(page.evolutions(), page.isNew() ? 201 : 200);
      return;
    }
    var found = find(asked, address, asked.query, paging, counting, null, asked.isLocal());
    if (counting) count(call, found.matched);
    // A page may end before its limit, when its histories are long.
    paging.links(call, media, found.more, found.page.size());
    new TemporalAnswer(call, media, asked.how).many(found.evolutions(), 200);
  }

  private static void count(Call call, long total) {
    call.exchange().setHeader("NGSILD-Results-Count", Long.toString(total));
  }

  /// @param map leads to those elsewhere who know of it; null when nothing does
  private Finding find(
      Asked asked,
      Address address,
      Query query,
      Paging paging,
      boolean counting,
      @Nullable EntityMap map,
      boolean local) {
    var call = asked.call;
    var elsewhere =
        desk.federation.recall(call, address, query, asked.parameters, asked.how, map, local);
    var evolutions =
        new Evolutions(desk.reader, call.actor(), address, asked.how, elsewhere, query.scope());
    // Almost always every candidate has something in the stretch of time; later pages must know.
    boolean sure = counting || paging.offset() > 0;
    var found = new Finding(evolutions, query, paging, counting, sure, asked.how);
    visit(asked, address, query, found, elsewhere, local);
    if (!found.hasGaps()) return found;
    var filled = new Finding(evolutions, query, paging, counting, true, asked.how);
    visit(asked, address, query, filled, elsewhere, local);
    return filled;
  }

  private void visit(
      Asked asked,
      Address address,
      Query query,
      Finding found,
      @Nullable Records elsewhere,
      boolean local) {
    var call = asked.call;
    // Which attributes an entity has, and their values, were otherwise then: only identity narrows.
    var candidates = new Query(query.selectors(), List.of(), null, null, null);
    var order = IdOrder.of(asked.parameters, local);
    if (order == null) desk.reader.eachEvenGone(call.actor(), address, candidates, found::visit);
    else order.each(desk.reader, call.actor(), address, candidates, found::visit);
    if (elsewhere != null) visitOthers(call, address, candidates, elsewhere, found);
  }

  /// Those that are recorded at sources only.
  private void visitOthers(
      Call call, Address address, Query candidates, Records elsewhere, Finding found) {
    for (var id : elsewhere.ids()) {
      var entity = elsewhere.find(id);
      if (entity.isEmpty() || !Evaluator.matches(candidates, entity.get())) continue;
      if (isHere(call, address, id)) continue;
      if (!found.visit(entity.get())) return;
    }
  }

  private boolean isHere(Call call, Address address, String id) {
    try {
      return desk.reader.findEvenGone(call.actor(), address, id).isPresent();
    } catch (Refusal.Forbidden hidden) {
      return true;
    }
  }

  /// Goes through candidates and keeps those of the page.
  private static final class Finding {
    private final Evolutions evolutions;
    private final Query query;
    private final Paging paging;
    private final boolean counting;
    private final boolean sure;
    private final TemporalAsk how;
    private final List<Entity> page = new ArrayList<>();
    private final List<Evolution> gathered = new ArrayList<>();
    private final boolean late;
    private @Nullable List<Evolution> told;
    // Of a page of nothing that counts, all that would be on one.
    private final List<String> met = new ArrayList<>();
    private long matched;
    private long instances;
    private boolean more;

    /// @param sure whether only what has something in the stretch of time may take a place
    Finding(
        Evolutions evolutions,
        Query query,
        Paging paging,
        boolean counting,
        boolean sure,
        TemporalAsk how) {
      this.evolutions = evolutions;
      this.sure = sure;
      this.how = how;
      this.query = query;
      this.paging = paging;
      this.counting = counting;
      // Aggregates of many entities are read in one go afterwards.
      this.late =
          how.form() == TemporalAsk.Form.AGGREGATES
              && how.names().size() == 1
              && query.condition() == null
              && query.scope() == null
              && query.geo() == null;
    }

    boolean visit(Entity entity) {
      boolean inPage =
          matched >= paging.offset()
              && !more
              && page.size() < paging.limit()
              && instances < INSTANCES_PER_PAGE;
      if (late) {
        if (query.attributes().stream().noneMatch(entity::has) && !query.attributes().isEmpty())
          return true;
        if (sure && !evolutions.hasAny(entity)) return true;
        if (inPage) page.add(entity);
      } else if (!meets(entity)) return true;
      else if (inPage) {
        var evolution = evolutions.of(entity);
        if (evolution.isEmpty()) return true;
        page.add(entity);
        gathered.add(evolution);
        instances += evolution.size();
      } else if (!evolutions.hasAny(entity)) return true;
      if (!inPage && matched >= paging.offset()) more = true;
      matched++;
      if (paging.limit() == 0 && met.size() <= MOST_MAPPED) met.add(entity.id());
      return counting || !more;
    }

    /// Clause 5.7.4.4: conditions are met by any instance of the stretch of time.
    private boolean meets(Entity entity) {
      if (!evolutions.isInScope(entity)) return false;
      if (query.condition() == null && query.geo() == null) return true;
      var names = new LinkedHashSet<String>();
      if (query.condition() != null) named(query.condition(), names);
      if (query.geo() != null) names.add(query.geo().property());
      var instances = new ArrayList<Attribute>();
      for (var name : names) {
        for (var one : evolutions.history(entity, name, false, INSTANCES_JUDGED))
          if (one.attribute().deletedAt() == null) instances.add(one.attribute());
        // What has no time was so all the time (annex C.5.5).
        for (var one : entity.instances(name))
          if (how.when().isByEventTime() && how.when().time(one) == null) instances.add(one);
      }
      var then = entity.with(instances);
      return (query.condition() == null || Evaluator.matches(query.condition(), then))
          && (query.geo() == null || Evaluator.matches(query.geo(), then));
    }

    private static void named(Condition condition, Set<String> names) {
      switch (condition) {
        case Condition.And(var parts) -> parts.forEach(part -> named(part, names));
        case Condition.Or(var parts) -> parts.forEach(part -> named(part, names));
        case Condition.Linked(var path, _, _) -> names.add(path.attribute());
        case Condition.Exists(var path) -> names.add(path.attribute());
        case Condition.Test(var path, _, _) -> names.add(path.attribute());
      }
    }

    List<Evolution> evolutions() {
      if (!late) return gathered;
      var known = told;
      if (known == null) {
        var atOnce = evolutions.allAtOnce(page);
        var all = atOnce == null ? page.stream().map(evolutions::of).toList() : atOnce;
        known = all.stream().filter(evolution -> !evolution.isEmpty()).toList();
        told = known;
      }
      return known;
    }

    /// Whether entities took places of the page and have nothing to say.
    boolean hasGaps() {
      return late && !sure && evolutions().size() < page.size();
    }
  }
}
