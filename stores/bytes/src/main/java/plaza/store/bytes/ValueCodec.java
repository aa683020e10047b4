package plaza.store.bytes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.GeoValue;
import plaza.graph.Value;

/// JSON values as bytes: a tag, then the content.
public final class ValueCodec {
  private static final int NULL = 0;
  private static final int TEXT = 1;
  private static final int WHOLE = 2;
  private static final int DECIMAL = 3;
  private static final int TRUE = 4;
  private static final int FALSE = 5;
  private static final int ITEMS = 6;
  private static final int STRUCT = 7;

  private static final Value POINT = Value.of("Point");

  private ValueCodec() {}

  public static void write(ByteWriter out, Value value) {
    switch (value) {
      case Value.Null _ -> out.u8(NULL);
      case Value.Text(var text) -> out.u8(TEXT).text(text);
      case Value.Whole(long number) -> out.u8(WHOLE).zigzag(number);
      case Value.Decimal(double number) -> out.u8(DECIMAL).f64(number);
      case Value.Flag(boolean set) -> out.u8(set ? TRUE : FALSE);
      case Value.Items(var items) -> {
        out.u8(ITEMS);
        writeAll(out, items);
      }
      case Value.Struct(var members) -> {
        out.u8(STRUCT);
        writeMembers(out, members);
      }
    }
  }

  public static Value read(ByteReader in) {
    int tag = in.u8();
    return switch (tag) {
      case NULL -> Value.Null.VALUE;
      case TEXT -> new Value.Text(in.text());
      case WHOLE -> new Value.Whole(in.zigzag());
      case DECIMAL -> new Value.Decimal(in.f64());
      case TRUE -> new Value.Flag(true);
      case FALSE -> new Value.Flag(false);
      case ITEMS -> new Value.Items(readAll(in));
      case STRUCT -> new Value.Struct(readMembers(in));
      default -> throw new Corrupt("a value cannot begin with " + tag);
    };
  }

  public static void writeAll(ByteWriter out, List<Value> items) {
    out.varint(items.size());
    for (var item : items) write(out, item);
  }

  public static List<Value> readAll(ByteReader in) {
    int count = in.count();
    var items = new ArrayList<Value>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) items.add(read(in));
    return items;
  }

  public static void writeMembers(ByteWriter out, Map<String, Value> members) {
    out.varint(members.size());
    members.forEach((name, member) -> {
      out.text(name);
      write(out, member);
    });
  }

  public static Map<String, Value> readMembers(ByteReader in) {
    int count = in.count();
    var members = new LinkedHashMap<String, Value>();
    for (int i = 0; i < count; i++) members.put(in.text(), read(in));
    return members;
  }

  /// Whether a geometry is what most are: `{"type": "Point", "coordinates": [x, y]}`, in this order
  /// and with decimals, so that two numbers say it all.
  public static boolean isPlainPoint(GeoValue place) {
    var members = place.geoJson().members();
    return members.size() == 2
        && members.keySet().iterator().next().equals("type")
        && POINT.equals(members.get("type"))
        && members.get("coordinates") instanceof Value.Items(var numbers)
        && numbers.size() == 2
        && numbers.get(0) instanceof Value.Decimal
        && numbers.get(1) instanceof Value.Decimal;
  }

  public static void writePoint(ByteWriter out, GeoValue place) {
    if (place.geoJson().members().get("coordinates") instanceof Value.Items(var numbers))
      out.f64(numbers.get(0).asNumber()).f64(numbers.get(1).asNumber());
  }

  public static GeoValue readPoint(ByteReader in) {
    var members = LinkedHashMap.<String, Value>newLinkedHashMap(2);
    members.put("type", POINT);
    members.put("coordinates", new Value.Items(List.of(Value.of(in.f64()), Value.of(in.f64()))));
    return GeoValue.trusted(new Value.Struct(members));
  }
}
