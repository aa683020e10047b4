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
import plaza.ngsild.query.QueryParser;
import plaza.web.Right;
import plaza.web.Routes;

/// Queries of evolutions: `GET /temporal/entities`, `POST /temporal/entityOperations/query` (clause
/// 5.7.4).
final class TemporalQueryRoutes {
  private static final Set<String> KNOWN =
      Asked.known(
          "timerel",
          "timeAt",
          "endTimeAt",
          "timeproperty",
          "lastN",
          "aggrMethods",
          "aggrPeriodDuration");
  private static final int INSTANCES_JUDGED = 100_000;
  private static final int MOST_MAPPED = 1_000_000;

  /// A page that holds so many ends there, whatever its limit: it is held in memory.
  private static final int INSTANCES_PER_PAGE = 300_000;

  private final Desk desk;

  TemporalQueryRoutes(Desk desk) {
    this.desk = desk;
  }

  void addTo(Routes routes) {
    routes.get(
        TemporalRoutes.PATH, Right.anyone(), desk.handler(call -> answer(Question.inUrl(call))));
    routes.post(
        NgsiLdFace.BASE + "/temporal/entityOperations/query",
        Right.anyone(),
        desk.handler(call -> answer(Question.inDocument(call))));
  }

  /// What a request asks for, and how it is to be told.
  private record Question(Asked asked, TemporalAsk how) {
    static Question inUrl(Call call) {
      return of(Asked.inUrl(call, KNOWN));
    }

    static Question inDocument(Call call) {
      return of(Asked.inDocument(call, KNOWN, true, document -> name -> said(document, name)));
    }

    private static Question of(Asked asked) {
      return new Question(
          asked, TemporalAsk.of(asked.call(), asked.parameters(), asked.call().context()));
    }
  }

  /// An entity map of all that a request asks for (clause 5.14.5).
  EntityMap map(Call call) {
    var question =
        call.exchange().method().equals("POST") ? Question.inDocument(call) : Question.inUrl(call);
    requireTime(question);
    return mapped(question, desk.existing(call.address())).create();
  }

  private MappedEvolutions mapped(Question question, Address address) {
    var asked = question.asked;
    var call = asked.call();
    return new MappedEvolutions(
        desk.maps,
        call,
        address,
        asked.query(),
        MappedQuery.lifetime(desk.maps, asked.parameters()),
        lifetime ->
            desk.federation.plan(
                call,
                address,
                asked.query(),
                asked.parameters(),
                lifetime,
                question.how,
                asked.local()),
        (query, limit, map) -> {
          boolean all = limit == 0;
          boolean alone = asked.local() || map == null;
          var found = find(question, address, query, new Paging(0, limit, all), map, alone);
          var ids = all ? found.met : found.page.stream().map(Entity::id).toList();
          return new MappedEvolutions.Part(
              ids, all ? List.of() : found.evolutions(), found.more, found.instances);
        });
  }

  private static void requireTime(Question question) {
    if (question.how.when().timerel() == null)
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

  private void answer(Question question) {
    requireTime(question);
    try {
      tell(question);
    } catch (Refusal.TooLarge large) {
      throw EntityAnswer.tooComplex(large);
    }
  }

  private void tell(Question question) {
    var asked = question.asked;
    var call = asked.call();
    var address = desk.existing(call.address());
    var media = call.accepted();
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    var wanted = call.exchange().header(EntityMaps.HEADER);
    if (wanted.isPresent() || MappedQuery.flag(asked.parameters())) {
      var page = mapped(question, address).answer(wanted.orElse(null), paging, INSTANCES_PER_PAGE);
      paging.headers(call, media, page.total(), page.more(), page.step());
      new TemporalAnswer(call, media, question.how)
          .many(page.evolutions(), page.isNew() ? 201 : 200);
      return;
    }
    var found = find(question, address, asked.query(), paging, null, asked.local());
    // A page may end before its limit, when its histories are long.
    paging.headers(call, media, found.matched, found.more, found.page.size());
    new TemporalAnswer(call, media, question.how).many(found.evolutions(), 200);
  }

  /// @param map leads to those elsewhere who know of it; null when nothing does
  private Finding find(
      Question question,
      Address address,
      Query query,
      Paging paging,
      @Nullable EntityMap map,
      boolean local) {
    var asked = question.asked;
    var how = question.how;
    var call = asked.call();
    var elsewhere =
        desk.federation.recall(call, address, query, asked.parameters(), how, map, local);
    var evolutions =
        new Evolutions(desk.reader, call.actor(), address, how, elsewhere, query.scope());
    // Almost always every candidate has something in the stretch of time; later pages must know.
    boolean sure = paging.counting() || paging.offset() > 0;
    var found = new Finding(evolutions, query, paging, sure, how);
    visit(asked, address, query, found, elsewhere, local);
    if (!found.hasGaps()) return found;
    var filled = new Finding(evolutions, query, paging, true, how);
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
    var call = asked.call();
    // Which attributes an entity has, and their values, were otherwise then: only identity narrows.
    var candidates = new Query(query.selectors(), List.of(), null, null, null);
    var order = IdOrder.of(asked.parameters(), local);
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
    Finding(Evolutions evolutions, Query query, Paging paging, boolean sure, TemporalAsk how) {
      this.evolutions = evolutions;
      this.sure = sure;
      this.how = how;
      this.query = query;
      this.paging = paging;
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
      return paging.counting() || !more;
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
