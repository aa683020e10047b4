package plaza.ngsild.distribute;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.query.Selector;
import plaza.graph.query.Sight;
import plaza.ledger.Reader;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;
import plaza.ngsild.source.Operation;

/// Asks sources for evolutions (clauses 5.7.3.4, 5.7.4.4).
public final class Recall {
  /// A source with more than it sends at once is asked again for what is left, as often as this.
  private static final int MOST_PARTS = 100;

  private final Sources sources;
  private final Reader reader;
  private final InstantSource clock;

  Recall(Sources sources, Reader reader, InstantSource clock) {
    this.sources = sources;
    this.reader = reader;
    this.clock = clock;
  }

  /// @param records null when no source is concerned
  public record Told(@Nullable Records records, List<Warning> warnings) {}

  /// Evolutions of the entities an inquiry is about. Its filters are decided by who asks, on the
  /// whole evolutions.
  public Told query(Inquiry inquiry, When when) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    var matches = led(inquiry, sources(inquiry, when, sight));
    if (matches.isEmpty()) return new Told(null, List.of());
    var records = new Records(when.span());
    var warnings = new ArrayList<Warning>();
    for (var share : Fan.out(matches, match -> many(inquiry, match, when)))
      add(share, records, sight, warnings);
    return new Told(records, warnings);
  }

  /// The sources that have to do with a temporal query.
  List<Match> sources(Inquiry inquiry, When when, Sight sight) {
    var ask = inquiry.ask(Set.of(Operation.QUERY_TEMPORAL), sight).during(when.span());
    return sources.registry().matching(inquiry.passage().tenant(), ask);
  }

  /// Those to which the map in use leads from the ids asked for.
  static List<Match> led(Inquiry inquiry, List<Match> matches) {
    var map = inquiry.map();
    if (map == null) return matches;
    var ids = inquiry.query().selectors().stream().flatMap(one -> one.ids().stream()).toList();
    return matches.stream()
        .filter(match -> ids.stream().anyMatch(id -> map.leadsTo(match.registration().id(), id)))
        .toList();
  }

  /// @param attributes expanded names of which some are wanted; empty for all
  public Told find(Inquiry inquiry, String id, List<String> attributes, When when) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    var ask =
        new Ask(
            Set.of(Operation.RETRIEVE_TEMPORAL),
            List.of(Selector.ids(List.of(id))),
            attributes,
            inquiry.datasetIds(),
            null,
            null,
            when.span(),
            null,
            inquiry.passage().passed());
    var map = inquiry.map();
    var matches =
        sources.registry().matching(inquiry.passage().tenant(), ask).stream()
            .filter(match -> map == null || map.leadsTo(match.registration().id(), id))
            .toList();
    if (matches.isEmpty()) return new Told(null, List.of());
    var records = new Records(when.span());
    var warnings = new ArrayList<Warning>();
    for (var share : Fan.out(matches, match -> one(inquiry, match, id, when))) {
      if (map != null && !share.entities().isEmpty())
        map.found(id, share.match().registration().id());
      add(share, records, sight, warnings);
    }
    return new Told(records, warnings);
  }

  private static void add(
      Fetching.Share share, Records records, Sight sight, List<Warning> warnings) {
    boolean adds = share.match().registration().mode() == Mode.AUXILIARY;
    for (var evolution : share.entities()) records.add(evolution, adds, sight);
    warnings.addAll(share.warnings());
  }

  private Fetching.Share one(Inquiry inquiry, Match match, String id, When when) {
    var warnings = new ArrayList<Warning>();
    var linked = Fetching.linked(inquiry, match);
    boolean mapping =
        inquiry.map() != null
            && linked == null
            && match.registration().operations().contains(Operation.RETRIEVE_ENTITY_MAP);
    var found = new ArrayList<Entity>();
    var harvest = harvest(warnings);
    @Nullable When left = when;
    for (int part = 1; left != null; part++) {
      var reply = part(inquiry, match, id, left, linked, mapping && part == 1);
      Fetching.relink(inquiry, match, reply);
      for (var entity : harvest.entities(match, reply, clock.instant()))
        if (entity.id().equals(id)) found.add(entity);
      left = left(reply, left, part, warnings);
    }
    return new Fetching.Share(match, found, true, -1, warnings);
  }

  private Sources.Reply part(
      Inquiry inquiry,
      Match match,
      String id,
      When when,
      @Nullable String linked,
      boolean mapping) {
    return sources.ask(
        inquiry.passage(),
        match.registration(),
        dialect -> {
          var parameters = new LinkedHashMap<String, String>(when.parameters());
          var names = Wording.attributes(match);
          if (!names.isEmpty()) parameters.put("attrs", new Wording(dialect).names(names));
          parameters.put("options", "sysAttrs");
          if (mapping) parameters.put("entityMap", "true");
          return SourceRequest.get("/temporal/entities/" + SourceRequest.segment(id), parameters)
              .by(linked);
        });
  }

  Fetching.Share many(Inquiry inquiry, Match match, When when) {
    var warnings = new ArrayList<Warning>();
    var found = new ArrayList<Entity>();
    int most = sources.limits().entitiesPerSource();
    int size = Math.min(100, sources.limits().pageSize());
    Instant now = clock.instant();
    int offset = 0;
    while (offset < most) {
      int from = offset;
      var reply =
          sources.ask(
              inquiry.passage(),
              match.registration(),
              dialect -> {
                var parameters = new Wording(dialect).entities(match);
                if (from > 0) parameters.put("offset", Integer.toString(from));
                return page(inquiry, match, parameters, when, size);
              });
      Fetching.relink(inquiry, match, reply);
      var harvest = harvest(warnings);
      var documents = harvest.documents(reply);
      var page = harvest.entities(match, reply, documents, now);
      found.addAll(page);
      var left = left(reply, when, 1, warnings);
      if (left != null) found.addAll(rest(inquiry, match, ids(page), left, warnings));
      boolean more = reply.answer() instanceof SourceAnswer.Answered answered && answered.more();
      offset += documents.size();
      if (documents.isEmpty() || (documents.size() < size && !more))
        return new Fetching.Share(match, found, true, -1, warnings);
    }
    warnings.add(
        new Warning(
            199, match.registration().id(), "it has more than " + most + " evolutions; narrow it"));
    return new Fetching.Share(match, found, false, -1, warnings);
  }

  private static SourceRequest page(
      Inquiry inquiry, Match match, Map<String, String> parameters, When when, int size) {
    parameters.putAll(when.parameters());
    parameters.put("options", "sysAttrs");
    parameters.put("limit", Integer.toString(size));
    return SourceRequest.get("/temporal/entities", parameters).by(Fetching.linked(inquiry, match));
  }

  private Harvest harvest(List<Warning> warnings) {
    return new Harvest(sources.contexts(), warnings, true);
  }

  /// The rest of evolutions of which a source sent a part. They are asked for by their ids: who has
  /// nothing in the rest does not count among the pages any more.
  private List<Entity> rest(
      Inquiry inquiry, Match match, List<String> ids, When when, List<Warning> warnings) {
    var found = new ArrayList<Entity>();
    var harvest = harvest(warnings);
    for (var some : Pieces.of(ids)) {
      @Nullable When left = when;
      for (int part = 2; left != null; part++) {
        var asked = left;
        var reply =
            sources.ask(
                inquiry.passage(),
                match.registration(),
                dialect -> {
                  var parameters = new Wording(dialect).entities(match, some);
                  return page(inquiry, match, parameters, asked, some.size());
                });
        found.addAll(harvest.entities(match, reply, clock.instant()));
        left = left(reply, left, part, warnings);
      }
    }
    return found;
  }

  private static List<String> ids(List<Entity> entities) {
    return entities.stream().map(Entity::id).distinct().toList();
  }

  /// Clause 6.3.10: what is left of a stretch of time of which a source sent a part; null for
  /// nothing.
  private static @Nullable When left(
      Sources.Reply reply, When when, int part, List<Warning> warnings) {
    if (!(reply.answer() instanceof SourceAnswer.Answered answered) || answered.status() != 206)
      return null;
    var range = answered.range();
    var left = range == null || part >= MOST_PARTS ? null : when.after(range);
    if (left == null)
      warnings.add(
          new Warning(
              199,
              reply.registration().id(),
              "it has more instances than it sent; ask for a shorter stretch of time"));
    return left;
  }
}
