package plaza.ngsild.distribute;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.distribute.Routing.Parcel;
import plaza.ngsild.distribute.Routing.Way;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Mode;
import plaza.ngsild.source.Operation;

/// Lets sources delete what a query finds with them (clause 5.6.21).
public final class Purging {
  private final Sources sources;

  Purging(Sources sources) {
    this.sources = sources;
  }

  /// What goes to which source. Of a source that is registered for some attributes only these go.
  ///
  /// @param drop expanded names of attributes to delete; null for whole entities
  /// @param keep expanded names of attributes to keep; null likewise
  public List<Parcel> route(
      Inquiry inquiry, @Nullable Set<String> drop, @Nullable Set<String> keep) {
    var passage = inquiry.passage();
    var ask =
        new Ask(
            Set.of(),
            inquiry.query().selectors(),
            inquiry.query().attributes(),
            Set.of(),
            inquiry.query().scope(),
            inquiry.query().geo(),
            null,
            inquiry.csf(),
            Set.of());
    return Recall.led(inquiry, sources.registry().matching(passage.tenant(), ask)).stream()
        .filter(match -> match.registration().mode() != Mode.AUXILIARY)
        .flatMap(match -> {
          var way = Routing.way(match, Set.of(Operation.PURGE_ENTITY), passage.passed());
          if (way != Way.OPEN && match.registration().mode() == Mode.INCLUSIVE)
            return Stream.empty();
          var registered = Routing.registered(match);
          var going = going(registered, drop, keep);
          return !registered.isEmpty() && going.isEmpty()
              ? Stream.empty()
              : Stream.of(new Parcel(match, Targets.whole(going), way));
        })
        .toList();
  }

  /// Which attributes of a source go; empty for the entities as such.
  private static Set<String> going(
      Set<String> registered, @Nullable Set<String> drop, @Nullable Set<String> keep) {
    if (registered.isEmpty()) return drop == null ? Set.of() : drop;
    var going = new LinkedHashSet<>(registered);
    if (drop != null) going.retainAll(drop);
    if (keep != null) going.removeAll(keep);
    return going;
  }

  public List<Verdict> send(Inquiry inquiry, List<Parcel> parcels, @Nullable Set<String> keep) {
    return Fan.out(
        parcels,
        parcel -> {
          if (parcel.way() != Way.OPEN) return Verdict.unsent(parcel, Operation.PURGE_ENTITY.word);
          if (!parcel.attributes().isEmpty()
              && !parcel.match().registration().extent().datasetIds().isEmpty())
            return Verdict.failed(
                parcel,
                Verdict.Kind.CONFLICT,
                "it was registered for some datasetIds only, and a purge takes all instances of an"
                    + " attribute; delete them entity by entity");
          if (!sources.understands(inquiry, parcel.match().registration()))
            return Verdict.failed(
                parcel, Verdict.Kind.CONFLICT, "it cannot be told the filters in its own names");
          return Verdict.of(
              parcel,
              sources.ask(
                  inquiry.passage(),
                  parcel.match().registration(),
                  dialect -> request(inquiry, parcel, keep, dialect)));
        });
  }

  private static SourceRequest request(
      Inquiry inquiry, Parcel parcel, @Nullable Set<String> keep, Dialect dialect) {
    var wording = new Wording(dialect);
    var parameters = wording.entities(parcel.match());
    parameters.remove("attrs");
    if (!inquiry.query().attributes().isEmpty())
      parameters.put("attrs", wording.names(inquiry.query().attributes()));
    var told = wording.filters(inquiry);
    if (told != null) parameters.putAll(told);
    if (!parcel.attributes().isEmpty()) parameters.put("drop", wording.names(parcel.attributes()));
    else if (keep != null && isWhole(parcel.match())) parameters.put("keep", wording.names(keep));
    return new SourceRequest("DELETE", "/entities", parameters, null)
        .by(Fetching.linked(inquiry, parcel.match()));
  }

  private static boolean isWhole(Match match) {
    return Routing.registered(match).isEmpty();
  }
}
