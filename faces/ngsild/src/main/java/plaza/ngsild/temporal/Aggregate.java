package plaza.ngsild.temporal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Value;
import plaza.json.JsonWriter;

/// One attribute of one entity, aggregated while its readings go by in the order of their times.
/// Periods without a reading have no entry.
public final class Aggregate {
  private final List<Method> methods;
  private final Periods.Length length;
  private final @Nullable Long from;
  private final long until;
  private final Tally tally;
  private @Nullable Periods periods;
  private int current = -1;
  private int size;
  private int[] indexes = new int[16];
  private double[] results;
  private final Map<Integer, String> texts = new HashMap<>(0);
  private boolean relationship;
  private long last;

  /// @param from the beginning of the stretch; null to begin with the first reading
  /// @param until its end; [Long#MAX_VALUE] when open
  public Aggregate(List<Method> methods, Periods.Length length, @Nullable Long from, long until) {
    this.methods = methods;
    this.length = length;
    this.from = from;
    this.until = until;
    this.tally = new Tally(methods.contains(Method.DISTINCT_COUNT));
    this.results = new double[16 * methods.size()];
  }

  public void add(long micros, double number) {
    turnTo(micros);
    tally.add(number);
  }

  public void add(long micros, Attribute instance) {
    turnTo(micros);
    switch (instance.content()) {
      case Content.Property(var value) -> tally.add(value);
      case Content.JsonProperty(var json) -> tally.count(json);
      case Content.GeoProperty(var place) -> tally.count(place.geoJson());
      case Content.ListProperty(var values) -> tally.add(new Value.Items(values));
      case Content.LanguageProperty(var language) -> tally.count(language);
      case Content.VocabProperty(var terms, _) -> tally.count(terms);
      case Content.Relationship(var objects, _, _) -> {
        relationship = true;
        tally.count(objects);
      }
      case Content.ListRelationship(var objects, _) -> {
        relationship = true;
        tally.count(objects);
      }
    }
  }

  private void turnTo(long micros) {
    var all = periods;
    if (all == null) {
      all = new Periods(length, from == null ? micros : from, until);
      periods = all;
    }
    last = micros;
    int index = all.index(micros);
    if (index == current) return;
    settle();
    current = index;
  }

  private void settle() {
    if (current < 0) return;
    if (size == indexes.length) {
      indexes = Arrays.copyOf(indexes, size * 2);
      results = Arrays.copyOf(results, size * 2 * methods.size());
    }
    indexes[size] = current;
    for (int i = 0; i < methods.size(); i++) {
      int at = size * methods.size() + i;
      results[at] = tally.number(methods.get(i));
      var text = tally.text(methods.get(i));
      if (text != null) texts.put(at, text);
    }
    size++;
    tally.clear();
  }

  /// Ends the aggregation. Called once, before [#write].
  public void end() {
    settle();
    current = -1;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// Whether any of the methods has a meaning for what was seen.
  public boolean isEligible() {
    for (int i = 0; i < methods.size(); i++) if (hasAny(i)) return true;
    return false;
  }

  /// As the member value of clause 4.5.19.0.
  ///
  /// @param stamps remembers how periods are written, shared by all series of the same periods
  public void write(JsonWriter out, Stamps stamps) {
    out.startObject().member("type", relationship ? "Relationship" : "Property");
    for (int i = 0; i < methods.size(); i++) {
      if (!hasAny(i)) continue;
      out.name(methods.get(i).label).startArray();
      for (int row = 0; row < size; row++) {
        int at = row * methods.size() + i;
        var text = texts.get(at);
        if (Double.isNaN(results[at]) && text == null) continue;
        out.startArray();
        if (text != null) out.text(text);
        else number(out, results[at]);
        var all = java.util.Objects.requireNonNull(periods);
        out.piece(stamps.of(all, indexes[row], last, from != null)).endArray();
      }
      out.endArray();
    }
    out.endObject();
  }

  private boolean hasAny(int method) {
    for (int row = 0; row < size; row++) {
      int at = row * methods.size() + method;
      if (!Double.isNaN(results[at]) || texts.containsKey(at)) return true;
    }
    return false;
  }

  private static void number(JsonWriter out, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) out.number((long) number);
    else out.number(number);
  }

  /// How the beginning and end of periods are written.
  public static final class Stamps {
    private final Map<Integer, JsonWriter.Piece> known = new HashMap<>();

    private JsonWriter.Piece of(Periods periods, int index, long last, boolean shared) {
      if (!shared) return piece(periods, index, last);
      return known.computeIfAbsent(index, _ -> piece(periods, index, last));
    }

    private static JsonWriter.Piece piece(Periods periods, int index, long last) {
      return new JsonWriter.Piece(
          ",\"" + periods.start(index) + "\",\"" + periods.end(index, last) + "\"");
    }
  }
}
