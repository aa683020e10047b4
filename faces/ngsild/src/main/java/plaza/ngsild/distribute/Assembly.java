package plaza.ngsild.distribute;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Entity;
import plaza.graph.query.Condition;
import plaza.graph.query.Convoy;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Neighbourhood;
import plaza.graph.query.Sight;
import plaza.ledger.Reader;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;

/// Puts one page together from what is held here and what sources sent.
///
/// The order is: entities held here that match, then those of the first source that are not among
/// them, and so on. So a page needs no more of each source than the page's end, and everything of
/// the sources only where filters are judged here or matches are counted.
final class Assembly {
  private final Reader reader;
  private final Fetching fetching;
  private final InstantSource clock;
  private final Inquiry inquiry;
  private final Sight sight;
  private final List<Match> matches;
  private final List<Fetching.Share> shares;
  private final boolean judging;
  private final @Nullable Neighbourhood neighbours;

  /// Of each entity the versions of sources, by the place of the source.
  private final Map<String, Map<Integer, Entity>> versions = new LinkedHashMap<>();

  private final List<Warning> warnings = new ArrayList<>();

  /// @param neighbours where links lead, if the inquiry's filters are decided here, on whole
  ///   entities; null when sources have decided them
  Assembly(
      Reader reader,
      Fetching fetching,
      InstantSource clock,
      Inquiry inquiry,
      Sight sight,
      List<Match> matches,
      List<Fetching.Share> shares,
      @Nullable Neighbourhood neighbours) {
    this.reader = reader;
    this.fetching = fetching;
    this.clock = clock;
    this.inquiry = inquiry;
    this.sight = sight;
    this.matches = matches;
    this.shares = shares;
    this.judging = neighbours != null;
    this.neighbours = neighbours;
    for (int i = 0; i < shares.size(); i++) {
      for (var entity : shares.get(i).entities()) add(i, entity);
      warnings.addAll(shares.get(i).warnings());
    }
  }

  private void add(int place, Entity entity) {
    var match = shares.get(place).match();
    var there = Elsewhere.there(entity, match, matches);
    if (there != null)
      versions.computeIfAbsent(entity.id(), _ -> new LinkedHashMap<>()).put(place, there);
  }

  /// A place in the order: held here, or only known from sources.
  private record Seat(String id, @Nullable Entity here) {}

  /// Those of some entities that exist and show, by id, with no filter.
  Map<String, Entity> known(Collection<String> ids) {
    var here = here(ids);
    var known = new LinkedHashMap<String, Entity>();
    for (var id : ids) {
      var shown = show(id, here.get(id));
      if (shown != null) known.put(id, shown);
    }
    return known;
  }

  /// What is held here of some entities, beside what is only elsewhere.
  private Map<String, Entity> here(Collection<String> ids) {
    var here = new LinkedHashMap<String, Entity>();
    reader
        .findAll(inquiry.actor(), inquiry.address(), ids)
        .forEach((id, entity) -> {
          var left = Elsewhere.here(entity, matches);
          if (left != null) here.put(id, left);
        });
    return here;
  }

  /// @param window how many entities of each source were asked for
  /// @param last whether no more of them may be asked for
  Found page(int offset, int limit, int window, boolean counting, boolean last) {
    var here = here(versions.keySet());
    int end = offset + limit;
    var seats = new ArrayList<Seat>();
    long[] total = new long[1];
    eachHere(left -> {
      total[0]++;
      if (seats.size() <= end) seats.add(new Seat(left.id(), left));
      return counting || total[0] <= end;
    });
    var seated = new HashSet<String>();
    for (var seat : seats) seated.add(seat.id);
    if (total[0] <= end || counting)
      eachElsewhere(
          seated,
          here,
          whole -> {
            total[0]++;
            if (seats.size() <= end) seats.add(new Seat(whole.id(), here.get(whole.id())));
            return counting || seats.size() <= end;
          });
    var page = seats.subList(Math.min(offset, seats.size()), Math.min(end, seats.size()));
    complete(page);
    var entities = new ArrayList<Entity>(page.size());
    for (var seat : page) {
      var shown = show(seat.id, seat.here);
      if (shown != null) entities.add(shown);
    }
    boolean unfinished = shares.stream().anyMatch(share -> !share.exhausted());
    if (judging || (last && seats.size() <= end)) tellOfTooMany(window);
    return new Found(
        entities,
        counting ? total[0] + (sight.isUnlimited() && !judging ? beyond(window) : 0) : -1,
        seats.size() > end || (unfinished && !judging && !last),
        warnings);
  }

  /// What is held here and is an answer, until the visitor says no.
  private void eachHere(Predicate<Entity> visitor) {
    var query = inquiry.query();
    var condition = query.condition();
    // Links of what is held here may lead elsewhere.
    var convoy =
        neighbours != null && condition != null && condition.linkDepth() > 0
            ? new Convoy(query, neighbours, visitor)
            : null;
    reader.each(
        inquiry.actor(),
        inquiry.address(),
        convoy == null ? query : query.where(unlinked(condition)),
        entity -> {
          // Judged together with what sources know of it, further down.
          if (judging && versions.containsKey(entity.id())) return true;
          var left = Elsewhere.here(entity, matches);
          if (left == null) return true;
          if (convoy != null) return convoy.add(left);
          return (isLess(left, entity) && !Evaluator.matches(query, left)) || visitor.test(left);
        });
    if (convoy != null) convoy.end();
  }

  /// What sources know and is an answer, until the visitor says no.
  private void eachElsewhere(
      Set<String> seated, Map<String, Entity> here, Predicate<Entity> visitor) {
    var query = inquiry.query();
    var convoy = neighbours == null ? null : new Convoy(query, neighbours, visitor);
    for (var id : versions.keySet()) {
      if (seated.contains(id)) continue;
      var left = here.get(id);
      if (!judging && left != null && Evaluator.matches(query, left)) continue;
      var whole = whole(id, left);
      if (whole == null) continue;
      boolean goesOn =
          convoy != null
              ? convoy.add(whole)
              : !Gathering.selects(query, whole) || visitor.test(whole);
      if (!goesOn) return;
    }
    if (convoy != null) convoy.end();
  }

  /// The part of a condition that an entity meets or not whatever its links lead to.
  private static @Nullable Condition unlinked(@Nullable Condition condition) {
    if (condition == null || condition.linkDepth() == 0) return condition;
    if (!(condition instanceof Condition.And(var parts))) return null;
    var left = new ArrayList<Condition>();
    for (var part : parts) {
      var own = unlinked(part);
      if (own != null) left.add(own);
    }
    return left.isEmpty() ? null : new Condition.And(left);
  }

  private static boolean isLess(Entity left, Entity whole) {
    return left.attributes().size() < whole.attributes().size();
  }

  /// What sources have beyond what was fetched, by their own count.
  private long beyond(int window) {
    long more = 0;
    for (var share : shares) if (!share.exhausted()) more += Math.max(0, share.total() - window);
    return more;
  }

  private void tellOfTooMany(int window) {
    for (var share : shares)
      if (!share.exhausted())
        warnings.add(
            new Warning(
                199,
                share.match().registration().id(),
                "it has more entities than the "
                    + (judging ? share.entities().size() : window)
                    + " that were looked at; narrow the query"
                    + (judging
                        ? ", or say splitEntities=false when entities are whole at their sources"
                        : "")));
  }

  /// Asks sources for what is not known yet of the page's entities: those whose first entities did
  /// not reach that far, and those of which not all was kept.
  private void complete(List<Seat> page) {
    var behind = new ArrayList<Integer>();
    for (int i = 0; i < shares.size(); i++)
      if (!shares.get(i).exhausted() || shares.get(i).bare()) behind.add(i);
    if (behind.isEmpty() || page.isEmpty()) return;
    var most = fetching.longest();
    var results =
        Fan.out(
            behind,
            place -> {
              var share = shares.get(place);
              Set<String> missing = new LinkedHashSet<>();
              for (var seat : page)
                if (isKnown(seat.id, place) ? share.bare() : !share.exhausted())
                  missing.add(seat.id);
              return fetching.byId(inquiry, share.match(), List.copyOf(missing), most);
            });
    for (int i = 0; i < behind.size(); i++) {
      int place = behind.get(i);
      if (shares.get(place).bare()) forget(page, place);
      for (var entity : results.get(i).entities()) add(place, entity);
      warnings.addAll(results.get(i).warnings());
    }
  }

  private void forget(List<Seat> page, int place) {
    for (var seat : page) {
      var known = versions.get(seat.id);
      if (known != null) known.remove(place);
    }
  }

  private boolean isKnown(String id, int place) {
    var known = versions.get(id);
    return known != null && known.containsKey(place);
  }

  /// The entity as all know it, as far as it shows; null when it does not, or is no answer.
  private @Nullable Entity show(String id, @Nullable Entity here) {
    var entity = whole(id, here);
    if (entity == null) return null;
    boolean answers =
        neighbours != null
            ? Evaluator.matches(inquiry.query(), entity, neighbours)
            : Gathering.selects(inquiry.query(), entity);
    return answers ? entity : null;
  }

  /// The entity as all know it, as far as it shows; null when it does not.
  private @Nullable Entity whole(String id, @Nullable Entity here) {
    var equals = new ArrayList<Entity>();
    var auxiliary = new ArrayList<Entity>();
    if (here != null) equals.add(here);
    versions
        .getOrDefault(id, Map.of())
        .forEach((place, entity) -> {
          boolean adds = shares.get(place).match().registration().mode() == Mode.AUXILIARY;
          (adds ? auxiliary : equals).add(entity);
        });
    if (equals.isEmpty() && auxiliary.isEmpty()) return null;
    return sight.of(Union.of(equals, auxiliary, clock.instant())).orElse(null);
  }
}
