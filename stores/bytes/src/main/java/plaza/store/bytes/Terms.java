package plaza.store.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Value;
import plaza.graph.query.Evaluator;

/// Values as bytes that sort as the evaluator compares them: numbers by size, texts by their UTF-16
/// units, false before true.
///
/// What sorts equal need not be equal (long texts are cut, large whole numbers rounded): the
/// evaluator decides.
public final class Terms {
  /// An attribute without anything to compare, such as a geometry: only its presence is kept.
  public static final int PRESENT = 0;

  /// An attribute of so many values that they are not kept one by one: any condition may hold.
  public static final int ANYTHING = 1;

  public static final int FLAG = 2;
  public static final int NUMBER = 3;
  public static final int TEXT = 4;

  /// More values of one attribute than this become [#ANYTHING].
  public static final int MOST_VALUES = 64;

  private static final int TEXT_UNITS = 64;

  private Terms() {}

  /// What the instances of one attribute can be found by, in order; never empty.
  public static Set<byte[]> of(List<Attribute> instances) {
    var values = new ArrayList<Value>(instances.size());
    for (var instance : instances) values.addAll(Evaluator.values(instance.content()));
    var terms = new TreeSet<byte[]>(Arrays::compareUnsigned);
    var out = new ByteWriter(32);
    for (var scalar : scalars(values)) {
      write(out.clear(), scalar);
      terms.add(out.toBytes());
      if (terms.size() > MOST_VALUES) break;
    }
    if (terms.isEmpty()) terms.add(new byte[] {PRESENT});
    if (terms.size() > MOST_VALUES) {
      terms.clear();
      terms.add(new byte[] {ANYTHING});
    }
    return terms;
  }

  /// The scalars among values, arrays opened. Objects and nulls cannot be looked up.
  public static List<Value> scalars(List<Value> values) {
    var scalars = new ArrayList<Value>(values.size());
    collect(values, scalars);
    return scalars;
  }

  private static void collect(List<Value> values, List<Value> scalars) {
    for (var value : values)
      switch (value) {
        case Value.Items(var items) -> collect(items, scalars);
        case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _ -> scalars.add(value);
        case Value.Null _, Value.Struct _ -> {}
      }
  }

  /// The kind under which a value sorts; [#PRESENT] when it is no scalar.
  public static int kind(Value value) {
    return switch (value) {
      case Value.Text _ -> TEXT;
      case Value.Whole _, Value.Decimal _ -> NUMBER;
      case Value.Flag _ -> FLAG;
      case Value.Null _, Value.Items _, Value.Struct _ -> PRESENT;
    };
  }

  public static void write(ByteWriter out, Value scalar) {
    switch (scalar) {
      case Value.Text(var text) -> text(out.u8(TEXT), text);
      case Value.Whole _, Value.Decimal _ -> number(out.u8(NUMBER), scalar.asNumber());
      case Value.Flag(boolean set) -> out.u8(FLAG).u8(set ? 1 : 0);
      case Value.Null _, Value.Items _, Value.Struct _ ->
          throw new IllegalArgumentException("no scalar: " + scalar);
    }
  }

  private static void number(ByteWriter out, double number) {
    long bits = Double.doubleToLongBits(number + 0.0); // -0.0 is 0.0
    out.i64(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
  }

  /// Each unit as one to three bytes like UTF-8 has them, but surrogates one by one, so that bytes
  /// sort as [String#compareTo] does; 0 and 1 escaped, since 0 is the end.
  private static void text(ByteWriter out, String text) {
    int units = Math.min(text.length(), TEXT_UNITS);
    for (int i = 0; i < units; i++) {
      char c = text.charAt(i);
      if (c <= 1) out.u8(1).u8(c + 1);
      else if (c < 0x80) out.u8(c);
      else if (c < 0x800) out.u8(0xC0 | (c >> 6)).u8(0x80 | (c & 0x3F));
      else out.u8(0xE0 | (c >> 12)).u8(0x80 | ((c >> 6) & 0x3F)).u8(0x80 | (c & 0x3F));
    }
    out.u8(0);
  }

  /// Moves past a term, to the id.
  public static void skip(ByteReader in) {
    int kind = in.u8();
    switch (kind) {
      case PRESENT, ANYTHING -> {}
      case FLAG -> in.skip(1);
      case NUMBER -> in.skip(8);
      case TEXT -> {
        int next = in.u8();
        while (next != 0) next = in.u8();
      }
      default -> throw new Corrupt("an index key cannot have a term of the kind " + kind);
    }
  }

  /// A stretch of terms of one kind.
  ///
  /// @param low inclusive; null for the first of the kind
  /// @param high inclusive; null for the last of the kind
  public record Stretch(int kind, @Nullable Value low, @Nullable Value high) {
    public static Stretch exactly(Value value) {
      return new Stretch(Terms.kind(value), value, value);
    }

    public static Stretch all(int kind) {
      return new Stretch(kind, null, null);
    }
  }
}
