package plaza.ngsild.http;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.ngsild.context.Context;
import plaza.ngsild.query.JoinParser;
import plaza.ngsild.query.ProjectionParser;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.represent.LanguageFilter;
import plaza.ngsild.represent.Projection;
import plaza.ngsild.represent.Representation;
import plaza.ngsild.represent.Representation.Format;

/// Reads how entities are to be shown: format, options, pick, omit, attrs, lang, datasetId (clauses
/// 6.3.7, 6.3.11, 4.21).
final class Options {
  private static final Set<String> KNOWN =
      Set.of("normalized", "concise", "simplified", "keyValues", "sysAttrs");

  private Options() {}

  static Set<String> options(QueryParser.Parameters parameters, Set<String> known) {
    var options = new HashSet<>(parameters.list("options"));
    // Clients of earlier versions say it twice: options=count&count=true.
    if ("true".equals(parameters.get("count"))) options.remove("count");
    for (var option : options)
      if (!known.contains(option))
        throw new Problem(
            Problem.Type.INVALID_REQUEST,
            "options has '"
                + option
                + "', which this operation does not know; it knows "
                + String.join(", ", known.stream().sorted().toList()));
    return options;
  }

  static Representation representation(QueryParser.Parameters parameters, Context context) {
    var options = options(parameters, KNOWN);
    var lang = parameters.get("lang");
    var datasetIds = datasetIds(parameters, context);
    return new Representation(
        format(parameters.get("format"), options),
        options.contains("sysAttrs"),
        projection(parameters, context),
        lang == null ? null : LanguageFilter.parse(lang),
        datasetIds.isEmpty() ? null : datasetIds);
  }

  /// The instances wanted; empty for all.
  static Set<String> datasetIds(QueryParser.Parameters parameters, Context context) {
    return parameters.list("datasetId").stream()
        .map(context::datasetId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Format format(@Nullable String format, Set<String> options) {
    if (format != null)
      return switch (format) {
        case "normalized" -> Format.NORMALIZED;
        case "concise" -> Format.CONCISE;
        case "simplified", "keyValues" -> Format.SIMPLIFIED;
        default ->
            throw new Problem(
                Problem.Type.INVALID_REQUEST,
                "format must be normalized, concise or simplified, not '" + format + "'");
      };
    if (options.contains("simplified") || options.contains("keyValues")) return Format.SIMPLIFIED;
    return options.contains("concise") ? Format.CONCISE : Format.NORMALIZED;
  }

  /// Whether a body is in the simplified representation.
  static boolean isSimplified(QueryParser.Parameters parameters) {
    var format = parameters.get("format");
    if (format != null) return format(format, Set.of()) == Format.SIMPLIFIED;
    var options = parameters.list("options");
    return options.contains("keyValues") || options.contains("simplified");
  }

  static Projection projection(QueryParser.Parameters parameters, Context context) {
    var attrs = parameters.list("attrs");
    var pick = parameters.get("pick");
    var omit = parameters.get("omit");
    if (!attrs.isEmpty() && (pick != null || omit != null))
      throw new Refusal.Invalid("attrs cannot stand beside pick or omit");
    if (!attrs.isEmpty())
      return Projection.attributes(Set.copyOf(QueryParser.names(attrs, "attrs", context)));
    return ProjectionParser.parse(
        pick, omit, context, JoinParser.parse(parameters, context).level());
  }
}
