package plaza.programme.record;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;

/// One record of the programme as it is at a version.
///
/// @param state of its procedure; of a kind without one, [#KEPT]
/// @param fields by name; what is empty or null is not there
/// @param version for If-Match; 0 until written
/// @param createdAt null until written
public record Dossier(
    Kind kind,
    String id,
    String state,
    Map<String, Value> fields,
    long version,
    @Nullable Instant createdAt) {
  /// The state of records that have no procedure.
  public static final String KEPT = "KEPT";

  public Dossier {
    var kept = new LinkedHashMap<String, Value>();
    fields.forEach((name, value) -> {
      if (!isEmpty(value)) kept.put(name, value);
    });
    fields = Collections.unmodifiableMap(kept);
  }

  public static Dossier of(Kind kind, String id, String state, Map<String, Value> fields) {
    return new Dossier(kind, id, state, fields, 0, null);
  }

  public Dossier with(String field, Value value) {
    var changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new Dossier(kind, id, state, changed, version, createdAt);
  }

  public Dossier with(String field, String text) {
    return with(field, Value.of(text));
  }

  public Dossier with(String field, long number) {
    return with(field, Value.of(number));
  }

  public Dossier with(String field, Instant moment) {
    return with(field, Value.of(moment.toString()));
  }

  public Dossier with(String field, List<String> texts) {
    return with(field, Value.of(texts));
  }

  public Dossier with(Map<String, Value> more) {
    var changed = new LinkedHashMap<>(fields);
    changed.putAll(more);
    return new Dossier(kind, id, state, changed, version, createdAt);
  }

  public Dossier without(String field) {
    return with(field, Value.Null.VALUE);
  }

  public Dossier in(String newState) {
    return new Dossier(kind, id, newState, fields, version, createdAt);
  }

  /// This, when it is at the version the caller read.
  ///
  /// @throws Refusal.Conflict when it has changed since
  public Dossier expect(@Nullable Long expectedVersion) {
    if (expectedVersion == null || expectedVersion == version) return this;
    throw new Refusal.Conflict(
        id
            + " has changed since it was read: it is at version "
            + version
            + ", not "
            + expectedVersion
            + "; read it again");
  }

  public boolean is(String... states) {
    return List.of(states).contains(state);
  }

  public Optional<Value> find(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  public Optional<String> findText(String field) {
    return find(field).flatMap(v -> v instanceof Value.Text(var t) ? Optional.of(t) : none());
  }

  /// The text of a field that records of this kind always have.
  public String text(String field) {
    return require(field, this::findText);
  }

  /// A list of texts; of a single text, that one; empty when there is none.
  public List<String> texts(String field) {
    return switch (fields.get(field)) {
      case Value.Items(var items) ->
          items.stream()
              .filter(Value.Text.class::isInstance)
              .map(item -> ((Value.Text) item).text())
              .toList();
      case Value.Text(var text) -> List.of(text);
      case null, default -> List.of();
    };
  }

  public List<Value> items(String field) {
    return fields.get(field) instanceof Value.Items(var items) ? items : List.of();
  }

  public Optional<Instant> findMoment(String field) {
    return findText(field).map(Instant::parse);
  }

  public Instant moment(String field) {
    return require(field, this::findMoment);
  }

  /// A whole number; 0 when there is none.
  public long count(String field) {
    return fields.get(field) instanceof Value.Whole(long number) ? number : 0;
  }

  public boolean flag(String field) {
    return fields.get(field) instanceof Value.Flag(boolean set) && set;
  }

  public Optional<Value.Struct> findStruct(String field) {
    return find(field).flatMap(v -> v instanceof Value.Struct s ? Optional.of(s) : none());
  }

  private <T> T require(String field, Function<String, Optional<T>> finder) {
    return finder
        .apply(field)
        .orElseThrow(() -> new Refusal.NotFound(id + " has no " + field + " yet"));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static boolean isEmpty(Value value) {
    return switch (value) {
      case Value.Null _ -> true;
      case Value.Items(var items) -> items.isEmpty();
      case Value.Text _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Struct _ -> false;
    };
  }
}
