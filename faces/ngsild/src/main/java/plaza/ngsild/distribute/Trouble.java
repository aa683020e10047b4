package plaza.ngsild.distribute;

import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What a source's error says, in one clause.
final class Trouble {
  private static final int LONGEST = 300;

  private Trouble() {}

  static String sentence(SourceAnswer.Answered answer) {
    var detail = detail(answer.body());
    var said = "it answered " + answer.status() + (detail.isEmpty() ? "" : ": " + detail);
    return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
  }

  /// The type of its ProblemDetails; empty when it gives none.
  static String type(@Nullable Value body) {
    return body instanceof Value.Struct(var members)
            && members.get("type") instanceof Value.Text(var type)
        ? type
        : "";
  }

  static String detail(@Nullable Value body) {
    if (!(body instanceof Value.Struct(var members))) return "";
    for (var name : new String[] {"detail", "title"})
      if (members.get(name) instanceof Value.Text(var text) && !text.isBlank()) return text;
    return "";
  }
}
