package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ngsild.query.QWriter;
import plaza.ngsild.source.Match;

/// Puts what is asked of a source into URL parameters, in its names. What the source was registered
/// for bounds what it is asked for (clause 4.3.6.1).
final class Wording {
  private final Dialect dialect;

  Wording(Dialect dialect) {
    this.dialect = dialect;
  }

  /// Which entities, and which of their attributes.
  ///
  /// Where a registration has several parts this asks for all of them at once, if need be for more
  /// than they have together; [Harvest] leaves out what is too much.
  Map<String, String> entities(Match match) {
    var parameters = new LinkedHashMap<String, String>();
    var selectors = new ArrayList<Selector>();
    boolean any = false;
    for (var part : match.parts()) {
      any |= part.selectors().isEmpty();
      selectors.addAll(part.selectors());
    }
    if (!any && !selectors.isEmpty()) select(selectors, parameters);
    var names = attributes(match);
    if (!names.isEmpty()) parameters.put("attrs", names(names));
    return parameters;
  }

  /// Some entities, by their ids alone.
  Map<String, String> entities(Match match, List<String> ids) {
    var parameters = entities(match);
    parameters.remove("idPattern");
    parameters.put("id", String.join(",", ids));
    return parameters;
  }

  /// The inquiry's filters in the source's names (clause 4.3.6.6); null when they cannot be said
  /// so.
  @Nullable Map<String, String> filters(Inquiry inquiry) {
    if (dialect.own()) return inquiry.written();
    var written = new LinkedHashMap<>(inquiry.written());
    // Vocabulary terms are those of the caller's context.
    if (written.containsKey("expandValues")) return null;
    var condition = inquiry.query().condition();
    if (written.containsKey("q") && condition != null) {
      var q = QWriter.write(condition, dialect::name);
      if (q == null) return null;
      written.put("q", q);
    }
    var geo = inquiry.query().geo();
    if (written.containsKey("geoproperty") && geo != null)
      written.put("geoproperty", dialect.name(geo.property()));
    return written;
  }

  private void select(List<Selector> selectors, Map<String, String> parameters) {
    if (selectors.stream().noneMatch(one -> one.ids().isEmpty()))
      parameters.put(
          "id",
          selectors.stream()
              .flatMap(one -> one.ids().stream())
              .distinct()
              .collect(Collectors.joining(",")));
    else {
      var patterns = new LinkedHashSet<@Nullable String>();
      for (var one : selectors)
        patterns.add(
            one.ids().isEmpty() && one.idPattern() != null ? one.idPattern().pattern() : null);
      var only = patterns.size() == 1 ? patterns.iterator().next() : null;
      if (only != null) parameters.put("idPattern", only);
    }
    var types = types(selectors);
    if (!types.isEmpty()) parameters.put("type", types);
  }

  /// Alternatives; empty when one of the selectors takes any type.
  String types(List<Selector> selectors) {
    var alternatives = new LinkedHashSet<String>();
    for (var one : selectors) {
      if (one.types() == null) return "";
      alternatives.addAll(alternatives(one.types()));
    }
    return String.join(",", alternatives);
  }

  private List<String> alternatives(TypeSelection types) {
    return switch (types) {
      case TypeSelection.Is(var type) -> List.of(dialect.name(type));
      case TypeSelection.AnyOf(var parts) ->
          parts.stream().flatMap(part -> alternatives(part).stream()).toList();
      case TypeSelection.AllOf(var parts) ->
          parts.size() == 1
              ? alternatives(parts.getFirst())
              : List.of(
                  parts.stream()
                      .flatMap(part -> alternatives(part).stream())
                      .collect(Collectors.joining(";", "(", ")")));
    };
  }

  /// Expanded names; empty when all of some entity are wanted.
  static Set<String> attributes(Match match) {
    var names = new LinkedHashSet<String>();
    for (var part : match.parts()) {
      if (part.attributes().isEmpty()) return Set.of();
      names.addAll(part.attributes());
    }
    return names;
  }

  String names(Iterable<String> iris) {
    var names = new ArrayList<String>();
    for (var iri : iris) names.add(dialect.name(iri));
    return String.join(",", names);
  }
}
