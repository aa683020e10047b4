package plaza.programme.figures;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;

/// A figure as JSON, built member by member; a null stays null, because "unknown" is not "zero".
final class Answer {
  private final Map<String, Value> members = new LinkedHashMap<>();

  Answer with(String name, @Nullable Value value) {
    members.put(name, value == null ? Value.Null.VALUE : value);
    return this;
  }

  Answer with(String name, long count) {
    return with(name, Value.of(count));
  }

  Answer with(String name, boolean flag) {
    return with(name, Value.of(flag));
  }

  Answer with(String name, @Nullable Double number) {
    return with(name, number == null ? null : Value.of(number));
  }

  Answer with(String name, String text) {
    return with(name, Value.of(text));
  }

  /// Money goes as text, so that no reader rounds it.
  Answer with(String name, BigDecimal amount) {
    return with(name, Value.of(amount.stripTrailingZeros().toPlainString()));
  }

  Value.Struct struct() {
    return new Value.Struct(members);
  }

  /// A share, or null when there is nothing to share.
  static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }
}
