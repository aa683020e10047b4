package plaza.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoJson;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Condition;
import plaza.graph.query.GeoFilter;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;

/// Entities, edits and queries by chance, from few names and values, so that they meet often.
public final class RandomCity {
  public static final int IDS = 40;
  private static final GeometryFactory JTS = new GeometryFactory();

  private final Random chance;

  public RandomCity(long seed) {
    this.chance = new Random(seed);
  }

  public int below(int bound) {
    return chance.nextInt(bound);
  }

  public String id() {
    // One id is the beginning of others: keys must not run into each other.
    return "urn:t:" + below(IDS);
  }

  public String type() {
    return "https://t.example/T" + below(4);
  }

  public String attribute() {
    return below(6) == 0 ? Names.LOCATION : "https://a.example/a" + below(6);
  }

  /// No moment is later.
  public static final Instant LAST = TestCity.NOON.plus(36, ChronoUnit.HOURS);

  public Instant moment() {
    return TestCity.NOON.plus(below(72) - 36L, ChronoUnit.HOURS).plusMillis(below(3));
  }

  public Entity entity(String id) {
    var types = new ArrayList<>(List.of(type()));
    if (below(4) == 0) types.add(type());
    var attributes = new LinkedHashMap<String, Attribute>();
    for (int i = below(6); i >= 0; i--) {
      var attribute = instance(attribute());
      attributes.put(attribute.name() + attribute.datasetId(), attribute);
    }
    var scopes = below(3) == 0 ? List.of("/City/D" + below(3)) : List.<String>of();
    var expires = below(5) == 0 ? moment() : null;
    return new Entity(id, types, scopes, List.copyOf(attributes.values()), null, null, expires, 0);
  }

  public Attribute instance(String name) {
    var content = content(name);
    var plain = Attribute.of(name, content);
    return new Attribute(
        name,
        below(5) == 0 ? "urn:d:" + below(2) : null,
        content,
        below(2) == 0 ? moment() : null,
        below(5) == 0 ? "CEL" : null,
        below(6) == 0 ? List.of(Attribute.of("https://a.example/s", value(1))) : List.of(),
        plain.createdAt(),
        null,
        null,
        below(10) == 0 ? moment() : null);
  }

  private Content content(String name) {
    if (name.equals(Names.LOCATION) && below(8) > 0) return new Content.GeoProperty(place());
    return switch (below(12)) {
      case 0 -> new Content.Relationship(id());
      case 1 -> new Content.Relationship(List.of(id(), id()), List.of(type()), true);
      case 2 ->
          new Content.LanguageProperty(
              Map.of("en", text(), "zh", new Value.Items(List.of(text(), text()))));
      case 3 -> new Content.VocabProperty(List.of("https://v.example/" + below(3)), false);
      case 4 -> new Content.JsonProperty(value(2));
      case 5 -> new Content.ListProperty(List.of(value(1), value(1)));
      case 6 -> new Content.ListRelationship(List.of(id(), id()), List.of());
      case 7 -> new Content.GeoProperty(place());
      default -> new Content.Property(value(2));
    };
  }

  private Value text() {
    return Value.of(
        switch (below(8)) {
          case 0 -> "";
          case 1 -> "\u0000" + below(2);
          case 2 -> "\u0001";
          case 3 -> "臺北" + below(3);
          case 4 -> "\uD83D\uDE80" + below(2);
          case 5 -> "\uFFFD" + below(2);
          case 6 -> "long ".repeat(20) + below(4);
          default -> "t" + below(5);
        });
  }

  private Value value(int depth) {
    return switch (below(depth > 0 ? 12 : 8)) {
      case 0, 1, 2 -> Value.of((long) below(20) - 8);
      case 3, 4 -> Value.of((below(40) - 16) / 2.0);
      case 5 -> Value.of(below(2) == 0);
      case 6 -> below(3) == 0 ? Value.of(Long.MAX_VALUE - below(3)) : Value.of(-0.0);
      case 8 -> new Value.Struct(Map.of("m", value(depth - 1)));
      case 9 -> new Value.Items(List.of(value(depth - 1), value(depth - 1)));
      case 10 -> Value.of(moment().toString());
      default -> text();
    };
  }

  private GeoValue place() {
    double x = longitude();
    double y = latitude();
    return switch (below(24)) {
      // As wide as the world, or half of it.
      case 23 -> GeoValue.of((Value.Struct) line(-180, -90, below(2) * 180, 90));
      case 0, 1, 2, 3 ->
          GeoValue.of(GeoJson.write(JTS.toGeometry(new Envelope(x, x + size(), y, y + size()))));
      case 4, 5, 6, 7 ->
          GeoValue.of(
              (Value.Struct) line(x, y, Math.min(180, x + size()), Math.min(90, y + size())));
      default -> GeoValue.point(x, y);
    };
  }

  private static Value line(double x, double y, double x2, double y2) {
    var members = new LinkedHashMap<String, Value>();
    members.put("type", Value.of("LineString"));
    members.put("coordinates", new Value.Items(List.of(position(x, y), position(x2, y2))));
    return new Value.Struct(members);
  }

  private static Value position(double x, double y) {
    return new Value.Items(List.of(Value.of(x), Value.of(y)));
  }

  private double longitude() {
    return switch (below(10)) {
      case 0 -> 179.999;
      case 1 -> -179.999;
      default -> 121.5 + below(100) / 1000.0;
    };
  }

  private double latitude() {
    return below(12) == 0 ? 89.99 : 25 + below(100) / 1000.0;
  }

  private double size() {
    return Math.pow(10, -below(4)) / 1000;
  }

  /// An edit that can be done to an entity; one that cannot is refused by the editor.
  public Edit edit() {
    var id = id();
    return switch (below(10)) {
      case 0, 1 -> new Edit.Put(entity(id));
      case 2 -> new Edit.Delete(id);
      case 3 -> new Edit.DeleteAttribute(id, attribute(), null, true);
      case 4, 5 -> new Edit.Append(entity(id), true, true);
      case 6 -> new Edit.ReplaceAttribute(id, instance(attribute()));
      default -> new Edit.Observe(readings(id));
    };
  }

  private Entity readings(String id) {
    var readings = new ArrayList<Attribute>();
    for (int i = below(20); i >= 0; i--)
      readings.add(
          Attribute.of("https://a.example/a" + below(2), value(0), moment()).observed(moment()));
    return Entity.of(id, type(), readings);
  }

  public Query query() {
    var query = Query.EVERYTHING;
    switch (below(6)) {
      case 0 -> query = Query.of(Selector.ids(List.of(id(), id(), id())));
      case 1, 2 -> query = Query.type(type());
      case 3 ->
          query =
              Query.of(new Selector(List.of(), null, TypeSelection.anyOf(List.of(type(), type()))));
      case 4 ->
          query =
              Query.of(
                  new Selector(
                      List.of(),
                      below(2) == 0 ? null : Pattern.compile("[13]$"),
                      new TypeSelection.AllOf(
                          List.of(new TypeSelection.Is(type()), new TypeSelection.Is(type())))));
      default -> {}
    }
    if (below(3) > 0) query = query.where(condition(2));
    if (below(3) == 0) query = query.where(geo());
    return query;
  }

  private Condition condition(int depth) {
    return switch (below(depth > 0 ? 6 : 4)) {
      case 0 -> new Condition.Exists(path());
      case 4 -> new Condition.And(List.of(condition(depth - 1), condition(depth - 1)));
      case 5 -> new Condition.Or(List.of(condition(depth - 1), condition(depth - 1)));
      default -> test();
    };
  }

  private Condition test() {
    var operators = List.of(Condition.Operator.values());
    var operator = operators.get(below(operators.size()));
    if (operator == Condition.Operator.MATCHES || operator == Condition.Operator.MATCHES_NOT)
      return new Condition.Test(path(), operator, new Operand.Regex(Pattern.compile("[t1]")));
    boolean equality =
        operator == Condition.Operator.EQUAL || operator == Condition.Operator.UNEQUAL;
    var wanted = new ArrayList<Operand>();
    for (int i = below(2); i >= 0; i--) wanted.add(operand(equality));
    return new Condition.Test(path(), operator, wanted);
  }

  private Operand operand(boolean equality) {
    return switch (below(equality ? 6 : 4)) {
      case 0 -> new Operand.Moment(moment(), moment().toString());
      case 1 -> new Operand.Term("t" + below(3), "https://v.example/" + below(3));
      case 4 -> {
        long low = below(10) - 8L;
        yield new Operand.Between(
            new Operand.Exactly(Value.of(low)), new Operand.Exactly(Value.of(low + below(8))));
      }
      default -> new Operand.Exactly(below(5) == 0 ? value(1) : value(0));
    };
  }

  private Path path() {
    return switch (below(8)) {
      case 0 -> new Path(attribute(), List.of("observedAt"), List.of());
      case 1 -> new Path(attribute(), List.of(), List.of("m"));
      case 2 -> Path.of(List.of("createdAt", "modifiedAt", "expiresAt", "id").get(below(4)));
      default -> Path.of(attribute());
    };
  }

  private GeoFilter geo() {
    var reference = reference();
    var relation =
        switch (below(8)) {
          case 0 -> new GeoFilter.Relation.Within();
          case 1 -> new GeoFilter.Relation.Intersects();
          case 2 -> new GeoFilter.Relation.Contains();
          case 3 -> new GeoFilter.Relation.Equals();
          case 4 -> new GeoFilter.Relation.Disjoint();
          default ->
              below(5) == 0
                  ? new GeoFilter.Relation.Near(1_000, Double.POSITIVE_INFINITY)
                  : new GeoFilter.Relation.Near(below(2) * 50, Math.pow(10, 1 + below(6)));
        };
    return new GeoFilter(
        relation, reference, below(4) == 0 ? "https://a.example/a" + below(6) : Names.LOCATION);
  }

  private Geometry reference() {
    double x = longitude();
    double y = latitude();
    return below(2) == 0
        ? place().geometry()
        : JTS.toGeometry(new Envelope(x, Math.min(180, x + 0.05), y, Math.min(90, y + 0.05)));
  }
}
