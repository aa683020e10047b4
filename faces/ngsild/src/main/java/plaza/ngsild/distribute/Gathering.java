package plaza.ngsild.distribute;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Neighbourhood;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.Sight;
import plaza.ledger.Reader;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;
import plaza.ngsild.source.Operation;

/// Answers questions from what is held here and what context sources have (clauses 5.7.1.4,
/// 5.7.2.4). What the caller may not see is taken away from the whole before anything is decided.
public final class Gathering {
  private static final Set<Operation> QUERIES =
      Set.of(Operation.QUERY_ENTITY, Operation.QUERY_BATCH);

  private final Sources sources;
  private final Reader reader;
  private final Fetching fetching;
  private final InstantSource clock;

  public Gathering(Sources sources, Reader reader, InstantSource clock) {
    this.sources = sources;
    this.reader = reader;
    this.clock = clock;
    this.fetching = new Fetching(sources, clock);
  }

  /// An entity as all know it together.
  public record Whole(Optional<Entity> entity, List<Warning> warnings) {}

  /// The sources that have to do with a query; empty when it is answered here alone.
  public List<Match> sources(Inquiry inquiry) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    return auxiliaryLast(
        Sharing.of(
            sources.registry().matching(inquiry.passage().tenant(), inquiry.ask(QUERIES, sight)),
            Sharing.PARTS_AT_ONCE));
  }

  private static List<Match> auxiliaryLast(List<Match> matches) {
    return matches.stream()
        .sorted(Comparator.comparing((Match one) -> one.registration().mode() == Mode.AUXILIARY))
        .toList();
  }

  /// One page, in an order that stays the same as long as the data do: what is held here first,
  /// then source by source.
  ///
  /// @param matches from [#sources]
  public Found query(
      Inquiry inquiry, List<Match> matches, int offset, int limit, boolean counting) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    boolean judging = inquiry.hasFilters() && !mayForwardFilters(inquiry, matches, sight);
    var limits = sources.limits();
    int reach = reach(judging, sight, matches);
    long end = (long) offset + limit + 1;
    // Whether the first ones match can depend on what the last ones say of the same entities.
    long wanted = judging ? reach : counting ? Math.max(end, limits.entitiesPerSource()) : end;
    while (true) {
      int window = (int) Math.min(wanted, reach);
      var shares =
          Fan.out(matches, match -> fetching.many(inquiry, match, !judging, window, counting));
      var complaints = new ArrayList<Warning>();
      var neighbours = judging ? linked(inquiry, complaints).neighbourhood() : null;
      var found =
          assembly(inquiry, matches, shares, neighbours)
              .page(offset, limit, window, counting, window == reach)
              .with(complaints);
      // What is left out of what sources sent leaves a gap: the page is filled from what follows.
      if (found.entities().size() >= limit || !found.more() || window == reach) return found;
      wanted = 4L * window;
    }
  }

  /// How many entities of each source are looked at. What the caller may not see is found out on
  /// whole entities, of which fewer fit into memory; what is judged here is so for all sources at
  /// once.
  private int reach(boolean judging, Sight sight, List<Match> matches) {
    var limits = sources.limits();
    if (!sight.isUnlimited()) return limits.entitiesPerSource();
    return judging
        ? Math.max(limits.entitiesPerSource(), limits.reach() / Math.max(1, matches.size()))
        : limits.reach();
  }

  /// Filters may go on when every entity is whole at its source, the caller may see all of it (or
  /// he could feel for what he may not see), and his words can be understood there.
  boolean mayForwardFilters(Inquiry inquiry, List<Match> matches, Sight sight) {
    var condition = inquiry.query().condition();
    if (!sight.isUnlimited() || (condition != null && condition.linkDepth() > 0)) return false;
    boolean split = inquiry.split() != null ? inquiry.split() : mayBeSplit(matches);
    return !split
        && matches.stream().allMatch(match -> sources.understands(inquiry, match.registration()));
  }

  private boolean mayBeSplit(List<Match> matches) {
    return switch (sources.limits().split()) {
      case TRUE -> true;
      case FALSE -> false;
      case AS_REGISTERED ->
          matches.stream()
              .flatMap(match -> match.parts().stream())
              .anyMatch(part -> !part.information().attributes().isEmpty());
    };
  }

  /// One entity (clause 5.7.1.4).
  ///
  /// @param attributes expanded names of which some are wanted; empty for all
  /// @param type what the caller said of its types, as he wrote it; null for nothing
  public Whole find(Inquiry inquiry, String id, List<String> attributes, @Nullable String type) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    var ask =
        new Ask(
            Set.of(Operation.RETRIEVE_ENTITY),
            List.of(selector(inquiry.query(), id)),
            attributes,
            inquiry.datasetIds(),
            null,
            null,
            null,
            null,
            inquiry.passage().passed());
    // Such a request names no types: one for all registrations of a source.
    var matches =
        auxiliaryLast(
            Sharing.of(
                sources.registry().matching(inquiry.passage().tenant(), ask), Integer.MAX_VALUE));
    var warnings = new ArrayList<Warning>();
    var map = inquiry.map();
    var asked =
        map == null
            ? matches
            : matches.stream().filter(match -> map.leadsTo(match.registration().id(), id)).toList();
    var replies = Fan.out(asked, match -> retrieve(inquiry, match, id, type));
    var equals = new ArrayList<Entity>();
    var auxiliary = new ArrayList<Entity>();
    @Nullable Refusal hidden = null;
    try {
      var local = reader.find(inquiry.actor(), inquiry.address(), id);
      if (local.isPresent()) {
        var here = Elsewhere.here(local.get(), matches);
        if (here != null) equals.add(here);
      }
    } catch (Refusal.Forbidden refusal) {
      hidden = refusal;
    }
    var harvest = new Harvest(sources.contexts(), warnings);
    for (int i = 0; i < asked.size(); i++) {
      var match = asked.get(i);
      for (var entity : harvest.entities(match, replies.get(i), clock.instant())) {
        if (map != null && entity.id().equals(id)) map.found(id, match.registration().id());
        var there = entity.id().equals(id) ? Elsewhere.there(entity, match, matches) : null;
        if (there != null)
          (match.registration().mode() == Mode.AUXILIARY ? auxiliary : equals).add(there);
      }
    }
    var whole =
        equals.isEmpty() && auxiliary.isEmpty()
            ? Optional.<Entity>empty()
            : sight.of(Union.of(equals, auxiliary, clock.instant()));
    if (whole.isEmpty() && hidden != null) throw hidden;
    // Its version tells of what is held here only.
    if (!matches.isEmpty())
      whole = whole.map(one -> one.stamped(one.createdAt(), one.modifiedAt(), 0));
    return new Whole(whole, warnings);
  }

  private static Selector selector(Query query, String id) {
    return query.selectors().isEmpty()
        ? Selector.ids(List.of(id))
        : new Selector(List.of(id), null, query.selectors().getFirst().types());
  }

  private Sources.Reply retrieve(Inquiry inquiry, Match match, String id, @Nullable String type) {
    var linked = Fetching.linked(inquiry, match);
    boolean mapping =
        inquiry.map() != null
            && linked == null
            && match.registration().operations().contains(Operation.RETRIEVE_ENTITY_MAP);
    var reply =
        sources.ask(
            inquiry.passage(),
            match.registration(),
            dialect -> {
              var wording = new Wording(dialect);
              var parameters = new LinkedHashMap<String, String>();
              var names = Wording.attributes(match);
              if (!names.isEmpty()) parameters.put("attrs", wording.names(names));
              if (type != null && dialect.own()) parameters.put("type", type);
              parameters.put("options", "sysAttrs");
              if (mapping) parameters.put("entityMap", "true");
              return SourceRequest.get("/entities/" + SourceRequest.segment(id), parameters)
                  .by(linked);
            });
    Fetching.relink(inquiry, match, reply);
    return reply;
  }

  /// What an entity map leads to of some ids (clause 5.5.9.3), whole and judged here.
  ///
  /// @param inquiry what the map was made for, with the map
  /// @param some the same about the ids
  public Found mapped(Inquiry inquiry, Query some, List<String> ids) {
    var map = java.util.Objects.requireNonNull(inquiry.map());
    var matches = sources(inquiry);
    var asked =
        matches.stream()
            .filter(
                match -> ids.stream().anyMatch(id -> map.leadsTo(match.registration().id(), id)))
            .toList();
    var shares = Fan.out(asked, match -> fetching.mapped(inquiry, match, map, ids));
    var complaints = new ArrayList<Warning>();
    var neighbours = linked(inquiry, complaints).neighbourhood();
    return assembly(inquiry.only(some), matches, shares, neighbours)
        .page(0, ids.size(), ids.size(), false, false)
        .with(complaints);
  }

  /// Where links lead: entities by their ids, as all know them together.
  ///
  /// @param warnings takes what went wrong
  public Map<String, Entity> findAll(
      Inquiry inquiry, Collection<String> ids, List<Warning> warnings) {
    return linked(inquiry, warnings).find(ids);
  }

  private Linked linked(Inquiry inquiry, List<Warning> warnings) {
    return new Linked(this, reader, fetching, sources.limits(), inquiry, warnings);
  }

  /// @param neighbours where links lead, if filters are decided here
  Assembly assembly(
      Inquiry inquiry,
      List<Match> matches,
      List<Fetching.Share> shares,
      @Nullable Neighbourhood neighbours) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    return new Assembly(reader, fetching, clock, inquiry, sight, matches, shares, neighbours);
  }

  static boolean selects(Query query, Entity entity) {
    return query.selectors().isEmpty()
        || query.selectors().stream().anyMatch(one -> Evaluator.matches(one, entity));
  }
}
