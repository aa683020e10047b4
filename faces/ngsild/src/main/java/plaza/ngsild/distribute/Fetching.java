package plaza.ngsild.distribute;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Operation;

/// Fetches entities from one source, page by page.
final class Fetching {
  /// What every broker lets ask for at once.
  private static final int MODEST_PAGE = 100;

  /// How many pieces of a list of ids one source is asked for at once.
  private static final int PIECES_AT_ONCE = 4;

  private final Sources sources;
  private final InstantSource clock;
  private final Map<String, Integer> pageSizes = new ConcurrentHashMap<>();

  /// What a source said.
  ///
  /// @param exhausted whether it has no more
  /// @param bare whether of its entities no more was kept than is needed to judge them
  /// @param total what it says it has; -1 when it does not say
  record Share(
      Match match,
      List<Entity> entities,
      boolean exhausted,
      boolean bare,
      long total,
      List<Warning> warnings) {
    Share(
        Match match, List<Entity> entities, boolean exhausted, long total, List<Warning> warnings) {
      this(match, entities, exhausted, false, total, warnings);
    }

    boolean holds(String id) {
      return entities.stream().anyMatch(entity -> entity.id().equals(id));
    }
  }

  Fetching(Sources sources, InstantSource clock) {
    this.sources = sources;
    this.clock = clock;
  }

  /// Entities from the first on. When they are more than fit into memory whole, only what the
  /// inquiry's filters are about is kept of them.
  ///
  /// @param filters whether the source is to apply the inquiry's filters
  /// @param most entities to fetch
  Share many(Inquiry inquiry, Match match, boolean filters, int most, boolean counting) {
    int whole = sources.limits().entitiesPerSource();
    var judged = filters ? Set.<String>of() : inquiry.judged();
    long began = System.nanoTime();
    boolean bare = false;
    var warnings = new ArrayList<Warning>();
    var harvest = new Harvest(sources.contexts(), warnings);
    var entities = new LinkedHashMap<String, Entity>();
    var seen = new HashSet<Value>();
    int offset = 0;
    long total = -1;
    boolean exhausted = false;
    while (!exhausted && offset < most && !(bare && !filters && isLate(began))) {
      int limit = Math.min(pageSize(match), most - offset);
      var reply = page(inquiry, match, filters, offset, limit, counting && offset == 0);
      if (reply.answer() instanceof SourceAnswer.Answered refused
          && (refused.status() == 400 || refused.status() == 403)
          && limit > MODEST_PAGE) {
        // Perhaps it only minds the size of the page.
        pageSizes.put(match.registration().id(), MODEST_PAGE);
        continue;
      }
      var answers = harvest.documents(reply);
      int known = seen.size();
      for (var answer : answers) seen.add(id(answer));
      var page = harvest.entities(match, reply, answers, clock.instant());
      if (!bare && entities.size() + page.size() > whole) {
        bare = true;
        entities.replaceAll((_, entity) -> reduced(entity, judged));
      }
      for (var entity : page)
        entities.putIfAbsent(entity.id(), bare ? reduced(entity, judged) : entity);
      var answered = reply.answer() instanceof SourceAnswer.Answered fine ? fine : null;
      if (answered != null && offset == 0) total = answered.total();
      exhausted =
          answered == null
              || !answered.isFine()
              // Some repeat themselves when asked for more than there is, or know no offset.
              || seen.size() == known
              // Some send fewer than they are asked for and say so.
              || (answers.size() < limit && !answered.more() && total <= offset + answers.size());
      offset += Math.max(1, answers.size());
    }
    return new Share(match, List.copyOf(entities.values()), exhausted, bare, total, warnings);
  }

  /// Who judges much waits no longer for the pages of a source than for any answer of one.
  private boolean isLate(long began) {
    return System.nanoTime() - began > sources.limits().timeout().toNanos();
  }

  private static Entity reduced(Entity entity, Set<String> names) {
    return entity.with(
        entity.attributes().stream().filter(one -> names.contains(one.name())).toList());
  }

  private static Value id(Value answer) {
    return answer instanceof Value.Struct(var members)
        ? members.getOrDefault("id", members.getOrDefault("@id", answer))
        : answer;
  }

  /// What the source has of those entities that a map has found there.
  Share mapped(Inquiry inquiry, Match match, EntityMapping map, List<String> ids) {
    var there = ids.stream().filter(id -> map.leadsTo(match.registration().id(), id)).toList();
    return byId(inquiry, match, there, longest());
  }

  /// How long a page's entities are asked for.
  Duration longest() {
    return sources.limits().longestTimeout();
  }

  /// What the source has of entities by their ids.
  ///
  /// @param most no piece of a long list is asked for after this time, or after one that failed
  /// @return exhausted when all were asked for
  Share byId(Inquiry inquiry, Match match, List<String> ids, Duration most) {
    long began = System.nanoTime();
    var warnings = new ArrayList<Warning>();
    var harvest = new Harvest(sources.contexts(), warnings);
    var found = new ArrayList<Entity>();
    var pieces = Pieces.of(ids);
    boolean failed = false;
    for (int at = 0; at < pieces.size() && !failed; at += PIECES_AT_ONCE) {
      if (at > 0 && System.nanoTime() - began > most.toNanos()) {
        warnings.add(
            new Warning(
                199,
                match.registration().id(),
                "it was not asked for all of " + ids.size() + " entities: it takes too long"));
        failed = true;
        continue;
      }
      var some = pieces.subList(at, Math.min(at + PIECES_AT_ONCE, pieces.size()));
      for (var reply : Fan.out(some, piece -> piece(inquiry, match, piece))) {
        relink(inquiry, match, reply);
        found.addAll(harvest.entities(match, reply, clock.instant()));
        failed |=
            reply.answer() instanceof SourceAnswer.Failed(var cause, _)
                && cause != SourceAnswer.Cause.INVALID;
      }
    }
    return new Share(match, found, !failed, -1, warnings);
  }

  private Sources.Reply piece(Inquiry inquiry, Match match, List<String> ids) {
    return sources.ask(
        inquiry.passage(),
        match.registration(),
        dialect -> {
          var parameters = new Wording(dialect).entities(match, ids);
          var around = new LinkedHashMap<String, String>();
          around.put("options", "sysAttrs");
          around.put("limit", Integer.toString(ids.size()));
          return asked(inquiry, match, parameters, around).by(linked(inquiry, match));
        });
  }

  /// The map that a source keeps for the one in use; null when there is none.
  static @Nullable String linked(Inquiry inquiry, Match match) {
    var map = inquiry.map();
    return map == null ? null : map.linked(match.registration().id());
  }

  /// Clause 5.7.1.4: a source may have made its map anew.
  static void relink(Inquiry inquiry, Match match, Sources.Reply reply) {
    var map = inquiry.map();
    if (map != null
        && reply.answer() instanceof SourceAnswer.Answered answered
        && answered.isFine()
        && answered.map() != null) map.link(match.registration().id(), answered.map());
  }

  private int pageSize(Match match) {
    return pageSizes.getOrDefault(match.registration().id(), sources.limits().pageSize());
  }

  private Sources.Reply page(
      Inquiry inquiry, Match match, boolean filters, int offset, int limit, boolean counting) {
    return sources.ask(
        inquiry.passage(),
        match.registration(),
        dialect -> {
          var parameters = new Wording(dialect).entities(match);
          var told = filters ? new Wording(dialect).filters(inquiry) : null;
          if (told != null) parameters.putAll(told);
          var around = new LinkedHashMap<String, String>();
          around.put("options", "sysAttrs");
          around.put("limit", Integer.toString(limit));
          if (offset > 0) around.put("offset", Integer.toString(offset));
          if (counting) around.put("count", "true");
          return asked(inquiry, match, parameters, around);
        });
  }

  /// As the caller asked, if the source offers that; else as it does (clause 4.20: a query by URL
  /// and one by document are two operations).
  private static SourceRequest asked(
      Inquiry inquiry, Match match, Map<String, String> parameters, Map<String, String> around) {
    var offered = match.registration().operations();
    boolean post =
        offered.contains(Operation.QUERY_BATCH)
            && (inquiry.document() || !offered.contains(Operation.QUERY_ENTITY));
    if (post)
      return new SourceRequest("POST", "/entityOperations/query", around, document(parameters));
    var all = new LinkedHashMap<>(parameters);
    all.putAll(around);
    return SourceRequest.get("/entities", all);
  }

  /// The same as a Query document, for sources that offer batch queries only (clause 5.2.23).
  private static Value document(Map<String, String> parameters) {
    var query = new LinkedHashMap<String, Value>();
    query.put("type", Value.of("Query"));
    var selectors = selectors(parameters);
    if (!selectors.isEmpty()) query.put("entities", new Value.Items(selectors));
    for (var name : List.of("attrs", "expandValues"))
      if (parameters.get(name) != null)
        query.put(name, Value.of(List.of(parameters.get(name).split(","))));
    for (var name : List.of("q", "scopeQ"))
      if (parameters.get(name) != null) query.put(name, Value.of(parameters.get(name)));
    if (parameters.get("georel") != null) {
      var geo = new LinkedHashMap<String, Value>();
      for (var name : List.of("georel", "geometry", "geoproperty"))
        if (parameters.get(name) != null) geo.put(name, Value.of(parameters.get(name)));
      geo.put("coordinates", Json.parse(parameters.getOrDefault("coordinates", "[]")));
      query.put("geoQ", new Value.Struct(geo));
    }
    return new Value.Struct(query);
  }

  /// One for each id (clause 5.2.33): not all brokers take several in one.
  private static List<Value> selectors(Map<String, String> parameters) {
    var type = parameters.getOrDefault("type", "*");
    var ids = parameters.get("id");
    if (ids != null)
      return List.of(ids.split(",", -1)).stream().map(id -> selector("id", id, type)).toList();
    var pattern = parameters.get("idPattern");
    if (pattern == null && !parameters.containsKey("type")) return List.of();
    return List.of(selector("idPattern", pattern, type));
  }

  private static Value selector(String name, @Nullable String value, String type) {
    var members = new LinkedHashMap<String, Value>();
    if (value != null) members.put(name, Value.of(value));
    members.put("type", Value.of(type));
    return new Value.Struct(members);
  }
}
