package plaza.ngsild.http;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.ngsild.context.Context;
import plaza.ngsild.query.QueryParser;
import plaza.ngsild.represent.LanguageFilter;
import plaza.ngsild.represent.Projection;
import plaza.ngsild.represent.Representation;
import plaza.ngsild.temporal.Method;
import plaza.ngsild.temporal.Periods;
import plaza.ngsild.temporal.TemporalQuery;

/// What is asked of evolutions: which stretch of time, which attributes, in which form (clauses
/// 6.3.12, 6.18.3.2).
///
/// @param names of the attributes asked for; empty for all
/// @param methods empty unless aggregates are asked for
record TemporalAsk(
    TemporalQuery when,
    Form form,
    Representation how,
    List<String> names,
    List<Method> methods,
    Periods.Length period) {
  private static final Set<String> OPTIONS =
      Set.of("temporalValues", "aggregatedValues", "sysAttrs", "normalized", "concise");

  enum Form {
    INSTANCES,
    VALUES,
    AGGREGATES
  }

  static TemporalAsk of(Call call, QueryParser.Parameters parameters, Context context) {
    var options = Options.options(parameters, OPTIONS);
    var form = form(parameters.get("format"), options);
    var lang = parameters.get("lang");
    var projection = Options.projection(parameters, context);
    var datasetIds = Options.datasetIds(parameters, context);
    boolean concise = options.contains("concise") || "concise".equals(parameters.get("format"));
    var how =
        new Representation(
            concise ? Representation.Format.CONCISE : Representation.Format.NORMALIZED,
            options.contains("sysAttrs"),
            projection,
            lang == null ? null : LanguageFilter.parse(lang),
            datasetIds.isEmpty() ? null : datasetIds);
    return new TemporalAsk(
        TemporalQuery.parse(parameters),
        form,
        how,
        names(projection, QueryParser.names(parameters.list("attrs"), "attrs", context)),
        form == Form.AGGREGATES ? Method.parse(parameters.list("aggrMethods")) : List.of(),
        Periods.Length.parse(parameters.get("aggrPeriodDuration")));
  }

  private static Form form(@Nullable String format, Set<String> options) {
    if (format != null)
      return switch (format) {
        case "temporalValues" -> Form.VALUES;
        case "aggregatedValues" -> Form.AGGREGATES;
        case "normalized", "concise" -> Form.INSTANCES;
        default ->
            throw new Problem(
                Problem.Type.INVALID_REQUEST,
                "format must be normalized, temporalValues or aggregatedValues, not '"
                    + format
                    + "'");
      };
    if (options.contains("temporalValues") && options.contains("aggregatedValues"))
      throw new Refusal.Invalid("options cannot have temporalValues and aggregatedValues at once");
    if (options.contains("temporalValues")) return Form.VALUES;
    return options.contains("aggregatedValues") ? Form.AGGREGATES : Form.INSTANCES;
  }

  private static List<String> names(Projection projection, List<String> attrs) {
    if (!attrs.isEmpty()) return attrs.stream().filter(name -> !name.equals(Names.SCOPE)).toList();
    var picked = projection.picked();
    return picked == null
        ? List.of()
        : picked.stream().filter(name -> name.indexOf(':') > 0).sorted().toList();
  }

  boolean shows(@Nullable String datasetId) {
    var wanted = how.datasetIds();
    return wanted == null || wanted.contains(datasetId == null ? "@none" : datasetId);
  }
}
