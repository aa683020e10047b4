package plaza.ngsild.distribute;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.ledger.Reader;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Operation;

/// Asks sources which entities they have, for an entity map (clauses 5.14.4.4, 5.14.5.4): by maps
/// of their own where they make them, else by a query of which only the ids are kept. Also passes
/// on what happens to a map.
public final class Mapping {
  private final Sources sources;
  private final Reader reader;
  private final Gathering gathering;
  private final Fetching fetching;
  private final Recall recall;

  Mapping(Sources sources, Reader reader, Gathering gathering, Fetching fetching, Recall recall) {
    this.sources = sources;
    this.reader = reader;
    this.gathering = gathering;
    this.fetching = fetching;
    this.recall = recall;
  }

  /// What one source has.
  ///
  /// @param map where it keeps a map of its own; null when it keeps none
  public record Candidates(String registrationId, List<String> ids, @Nullable String map) {
    public Candidates {
      ids = List.copyOf(ids);
    }
  }

  /// @param filtered whether the inquiry's filters have been applied
  public record Plan(List<Candidates> candidates, boolean filtered, List<Warning> warnings) {
    public Plan {
      candidates = List.copyOf(candidates);
      warnings = List.copyOf(warnings);
    }
  }

  /// Null when the query is answered here alone.
  ///
  /// @param lifetime that is wanted of maps
  /// @param when the stretch of time a temporal query asks for; null for other queries
  public @Nullable Plan plan(Inquiry inquiry, Duration lifetime, @Nullable When when) {
    var sight = reader.sight(inquiry.actor(), inquiry.address());
    var matches = when == null ? gathering.sources(inquiry) : recall.sources(inquiry, when, sight);
    if (matches.isEmpty()) return null;
    boolean filters = gathering.mayForwardFilters(inquiry, matches, sight);
    var shared = moreThanOnce(matches);
    var warnings = new ArrayList<Warning>();
    var candidates = new ArrayList<Candidates>();
    for (var share :
        Fan.out(
            matches,
            match ->
                ask(
                    inquiry,
                    match,
                    filters,
                    lifetime,
                    when,
                    shared.contains(match.registration().id())))) {
      candidates.add(share.candidates);
      warnings.addAll(share.warnings);
    }
    return new Plan(candidates, filters || !inquiry.hasFilters(), warnings);
  }

  /// Registrations that are asked in several requests have no single map.
  private static Set<String> moreThanOnce(List<Match> matches) {
    var seen = new HashSet<String>();
    var twice = new HashSet<String>();
    for (var match : matches)
      if (!seen.add(match.registration().id())) twice.add(match.registration().id());
    return twice;
  }

  private record Share(Candidates candidates, List<Warning> warnings) {}

  private Share ask(
      Inquiry inquiry,
      Match match,
      boolean filters,
      Duration lifetime,
      @Nullable When when,
      boolean shared) {
    var operation =
        when == null
            ? Operation.CREATE_ENTITY_MAP_QUERY_ENTITY
            : Operation.CREATE_ENTITY_MAP_QUERY_TEMPORAL;
    if (!shared && match.registration().operations().contains(operation)) {
      var made = made(inquiry, match, filters, lifetime, when);
      if (made != null) return new Share(made, List.of());
    }
    var share =
        when == null
            ? fetching.many(inquiry, match, filters, sources.limits().entitiesPerSource(), false)
            : recall.many(inquiry, match, when);
    var warnings = new ArrayList<>(share.warnings());
    if (when == null && !share.exhausted())
      warnings.add(
          new Warning(
              199, match.registration().id(), "it has more entities than are asked for at once"));
    return new Share(
        new Candidates(
            match.registration().id(), share.entities().stream().map(Entity::id).toList(), null),
        warnings);
  }

  /// The map that a source makes; null when it makes none, as it may (clause 5.5.14).
  private @Nullable Candidates made(
      Inquiry inquiry, Match match, boolean filters, Duration lifetime, @Nullable When when) {
    var reply =
        sources.ask(
            inquiry.passage(),
            match.registration(),
            dialect -> {
              var parameters = new Wording(dialect).entities(match);
              var told = filters ? new Wording(dialect).filters(inquiry) : null;
              if (told != null) parameters.putAll(told);
              else parameters.remove("attrs");
              if (when != null) parameters.putAll(when.parameters());
              parameters.put("entityMapLifetime", lifetime.toString());
              return SourceRequest.get(
                  when == null ? "/entityMaps" : "/temporal/entityMaps", parameters);
            });
    if (!(reply.answer() instanceof SourceAnswer.Answered answered)
        || !answered.isFine()
        || !(answered.body() instanceof Value.Struct(var members))
        || !(members.get("entityMap") instanceof Value.Struct(var entities))) return null;
    var named = members.get("id") instanceof Value.Text(var id) ? id : null;
    return new Candidates(
        match.registration().id(),
        List.copyOf(entities.keySet()),
        answered.map() == null ? named : answered.map());
  }

  /// The id of the map that is kept somewhere.
  public static String id(String location) {
    return URLDecoder.decode(
        location.substring(location.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
  }

  /// Lets sources end or prolong the maps they keep for one of ours, as far as they offer it.
  ///
  /// @param linked where each keeps its map, by the id of its registration
  /// @param expiresAt null when the map is deleted
  public void pass(Passage passage, Map<String, String> linked, @Nullable Value expiresAt) {
    var operation = expiresAt == null ? Operation.DELETE_ENTITY_MAP : Operation.UPDATE_ENTITY_MAP;
    var registrations = new HashMap<String, String>(linked);
    var concerned =
        sources.registry().list(passage.tenant()).stream()
            .filter(one -> registrations.containsKey(one.id()))
            .filter(one -> one.operations().contains(operation))
            .toList();
    Fan.out(
        concerned,
        registration -> {
          var location = registrations.getOrDefault(registration.id(), "");
          var path = "/entityMaps/" + SourceRequest.segment(id(location));
          return sources.ask(
              passage,
              registration,
              _ ->
                  expiresAt == null
                      ? new SourceRequest("DELETE", path, Map.of(), null)
                      : new SourceRequest(
                          "PATCH",
                          path,
                          Map.of(),
                          new Value.Struct(Map.of("expiresAt", expiresAt))));
        });
  }
}
