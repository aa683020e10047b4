package plaza.fuzz;

import java.util.Optional;
import java.util.function.Supplier;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// Bytes as a stranger might send them, and what may be done with them.
public final class Inputs {
  private Inputs() {}

  /// What was read; empty when it was refused, which is as good an answer as any.
  public static <T> Optional<T> read(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (Refusal refused) {
      return Optional.empty();
    }
  }

  /// As [#read], where nothing comes of it that could be compared.
  public static void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (Refusal refused) {
      // As good an answer as any.
    }
  }

  public static Optional<Value> json(byte[] bytes) {
    return read(() -> Json.parse(bytes));
  }

  /// A JSON object; empty for other JSON too.
  public static Optional<Value.Struct> object(byte[] bytes) {
    return json(bytes).filter(Value.Struct.class::isInstance).map(Value.Struct.class::cast);
  }
}
