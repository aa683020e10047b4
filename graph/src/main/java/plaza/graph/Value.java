package plaza.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a property can hold: any JSON value.
///
/// Whole numbers and decimals are told apart as they were written (`5` and `5.0` come back as they
/// came); they compare as numbers. Decimals are IEEE 754 doubles (RFC 8259 §6).
public sealed interface Value {
  record Text(String text) implements Value {}

  record Whole(long number) implements Value {}

  record Decimal(double number) implements Value {
    public Decimal {
      if (!Double.isFinite(number))
        throw new Refusal.Invalid("a number must be finite, not " + number);
    }
  }

  record Flag(boolean set) implements Value {}

  /// JSON's null; allowed only inside a structure, never as a whole property.
  record Null() implements Value {
    public static final Null VALUE = new Null();
  }

  record Items(List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }
  }

  /// Members in the order in which they were written.
  record Struct(Map<String, Value> members) implements Value {
    public static final Struct EMPTY = new Struct(Map.of());

    public Struct {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  static Value of(String text) {
    return new Text(text);
  }

  static Value of(long number) {
    return new Whole(number);
  }

  static Value of(double number) {
    return new Decimal(number);
  }

  static Value of(boolean set) {
    return new Flag(set);
  }

  static Value of(List<String> texts) {
    return new Items(texts.stream().map(Value::of).toList());
  }

  /// The number this value is, or NaN when it is none.
  default double asNumber() {
    return switch (this) {
      case Whole(long number) -> number;
      case Decimal(double number) -> number;
      case Text _, Flag _, Null _, Items _, Struct _ -> Double.NaN;
    };
  }
}
