package plaza.graph.query;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// What a condition compares with.
public sealed interface Operand {
  /// A quoted text, a number or a boolean.
  record Exactly(Value value) implements Operand {}

  /// An unquoted date-time or date, compared as a moment.
  ///
  /// @param text as it was written, for values that are no moments
  record Moment(Instant at, String text) implements Operand {}

  /// An unquoted URI or term, compared as text with URIs and, expanded, with vocabulary terms.
  ///
  /// @param expanded the term expanded by the caller's context
  record Term(String text, String expanded) implements Operand {}

  /// From low to high, both included.
  record Between(Operand low, Operand high) implements Operand {}

  /// A regular expression that must match somewhere in the text.
  record Regex(Pattern pattern) implements Operand {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Regex that && pattern.pattern().equals(that.pattern.pattern());
    }

    @Override
    public int hashCode() {
      return pattern.pattern().hashCode();
    }
  }
}
