package plaza.ngsild.distribute;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Span;

/// Which stretch of time is asked for.
///
/// @param timerel `before`, `after` or `between`; null for any time
/// @param lastN 0 for all
public record When(@Nullable String timerel, Span span, int lastN) {
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    if (timerel != null) {
      parameters.put("timerel", timerel);
      var at = timerel.equals("before") ? span.until() : span.from();
      if (at != null) parameters.put("timeAt", at.toString());
      if (timerel.equals("between") && span.until() != null)
        parameters.put("endTimeAt", span.until().toString());
    }
    switch (span.clock()) {
      case EVENT, OBSERVED -> {}
      case CREATED -> parameters.put("timeproperty", "createdAt");
      case MODIFIED -> parameters.put("timeproperty", "modifiedAt");
      case DELETED -> parameters.put("timeproperty", "deletedAt");
    }
    if (lastN > 0) parameters.put("lastN", Integer.toString(lastN));
    return parameters;
  }

  /// What is left of the stretch after a part of it: backwards with `lastN`, else forwards (clause
  /// 6.3.10). Null when the part brings nobody further.
  @Nullable When after(Range part) {
    var end = part.end();
    var from = span.from();
    var until = span.until();
    if (lastN > 0) {
      if (until != null && !end.isBefore(until)) return null;
      return new When(
          from == null ? "before" : "between", new Span(span.clock(), from, end), lastN);
    }
    if (from != null && !end.isAfter(from)) return null;
    return new When(until == null ? "after" : "between", new Span(span.clock(), end, until), lastN);
  }
}
