package plaza.ngsild.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.GeoFilter.Relation;

/// Decides whether a registration has to do with a request (clauses 4.3.6.4, 5.10.2.4, 5.12).
final class Matcher {
  private Matcher() {}

  static Optional<Match> match(Registration registration, Ask ask) {
    var extent = registration.extent();
    if (!overlap(registration.operations(), ask.operations())
        || !overlap(extent.datasetIds(), ask.datasetIds())
        || hasPassed(registration, ask)
        || !inTime(registration, ask)
        || (ask.scope() != null
            && !extent.scopes().isEmpty()
            && !ask.scope().accepts(extent.scopes()))) return Optional.empty();
    var parts = parts(registration, ask);
    // The dear ones last.
    if (parts.isEmpty() || !inPlace(extent, ask.geo())) return Optional.empty();
    if (ask.csf() != null && !ask.csf().accepts(registration)) return Optional.empty();
    return Optional.of(new Match(registration, parts));
  }

  /// What of the registration's information has to do with the entities and attributes asked for.
  static List<Part> parts(Registration registration, Ask ask) {
    var parts = new ArrayList<Part>();
    for (var information : registration.information()) {
      var part = information.narrowed(ask.selectors(), ask.attributes());
      if (part != null) parts.add(part);
    }
    return parts;
  }

  /// One that says nothing sets no bound.
  private static <T> boolean overlap(Set<T> offered, Set<T> wanted) {
    return offered.isEmpty() || wanted.isEmpty() || !Collections.disjoint(offered, wanted);
  }

  private static boolean hasPassed(Registration registration, Ask ask) {
    var alias = registration.source().alias();
    return alias != null && ask.passed().contains(alias);
  }

  private static boolean inTime(Registration registration, Ask ask) {
    var extent = registration.extent();
    var span = ask.span();
    if (span == null) return !extent.isTemporal();
    // One that gives no interval and names what is done with evolutions has them of any time.
    if (!extent.isTemporal() && !ask.operations().isEmpty())
      return !Collections.disjoint(registration.operations(), ask.operations());
    var observed = extent.observed();
    var managed = extent.managed();
    boolean observedThen = observed != null && observed.overlaps(span.from(), span.until());
    boolean managedThen = managed != null && managed.overlaps(span.from(), span.until());
    return switch (span.clock()) {
      case EVENT -> observedThen || managedThen;
      case OBSERVED -> observedThen;
      case CREATED, MODIFIED, DELETED -> managedThen;
    };
  }

  /// Whether somewhere in the source's place there can be an entity the filter accepts.
  private static boolean inPlace(Extent extent, @Nullable GeoFilter filter) {
    if (filter == null) return true;
    var place = extent.places().get(filter.property());
    return place == null || mayHold(place.geometry(), filter);
  }

  static boolean mayHold(Geometry place, GeoFilter filter) {
    var reference = filter.reference();
    return filter.accepts(place)
        || switch (filter.relation()) {
          case Relation.Near(double min, double max) ->
              new GeoFilter(new Relation.Near(0, max), reference, filter.property()).accepts(place)
                  && anyCornerFarther(place, min, filter);
          case Relation.Within _, Relation.Intersects _, Relation.Overlaps _ ->
              place.intersects(reference);
          case Relation.Contains _, Relation.Equals _ -> place.covers(reference);
          case Relation.Disjoint _ -> !reference.covers(place);
        };
  }

  /// The farthest place of an area is one of its corners.
  private static boolean anyCornerFarther(Geometry place, double meters, GeoFilter filter) {
    if (meters == 0) return true;
    var farther =
        new GeoFilter(
            new Relation.Near(meters, Double.POSITIVE_INFINITY),
            filter.reference(),
            filter.property());
    for (Coordinate corner : place.getCoordinates())
      if (farther.accepts(place.getFactory().createPoint(corner))) return true;
    return false;
  }
}
