package plaza.programme.publication;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.json.JsonWriter;

/// A JSON object in the making. Amounts stay decimal to the last digit, and what is empty is left
/// out, as the standards ask: an absent member says "not known", an empty one says nothing.
public final class Sheet {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /// Adds a member.
  ///
  /// @param what a text, number, flag, moment, [Value], sheet, or a list or optional of these;
  ///   null, blank and empty ones are left out
  public Sheet put(String name, @Nullable Object what) {
    var kept = kept(what);
    if (kept != null) members.put(name, kept);
    return this;
  }

  /// Adds a member that says it is not told: JSON's null.
  public Sheet nothing(String name) {
    members.put(name, Value.Null.VALUE);
    return this;
  }

  public boolean isEmpty() {
    return members.isEmpty();
  }

  public Optional<Object> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static @Nullable Object kept(@Nullable Object what) {
    return switch (what) {
      case null -> null;
      case Optional<?> perhaps -> kept(perhaps.orElse(null));
      case String text -> text.isBlank() ? null : text;
      case Sheet sheet -> sheet.isEmpty() ? null : sheet;
      case Collection<?> items -> {
        var all = new ArrayList<Object>();
        for (var item : items) {
          var one = kept(item);
          if (one != null) all.add(one);
        }
        yield all.isEmpty() ? null : List.copyOf(all);
      }
      case Instant at -> at.truncatedTo(ChronoUnit.SECONDS).toString();
      case Long _, Boolean _, BigDecimal _, Value _ -> what;
      case Integer number -> number.longValue();
      default -> throw new IllegalArgumentException("a sheet holds no " + what.getClass());
    };
  }

  public void write(JsonWriter out) {
    out.startObject();
    members.forEach((name, member) -> write(out.name(name), member));
    out.endObject();
  }

  private static void write(JsonWriter out, Object what) {
    switch (what) {
      case Sheet sheet -> sheet.write(out);
      case String text -> out.text(text);
      case Long number -> out.number(number);
      case BigDecimal amount -> out.number(amount);
      case Boolean set -> out.flag(set);
      case Value value -> out.value(value);
      case List<?> items -> {
        out.startArray();
        for (var item : items) write(out, item);
        out.endArray();
      }
      default -> throw new IllegalStateException("a sheet kept " + what.getClass());
    }
  }

  /// As UTF-8.
  public byte[] bytes() {
    var bytes = new ByteArrayOutputStream(4_096);
    try (var out = new JsonWriter(bytes)) {
      write(out);
    }
    return bytes.toByteArray();
  }
}
