package plaza.programme.figures;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What the figures of one city look at, in memory: pilots, calls, clusters and services as they
/// are, who supports what, and when milestones were first reached. Not thread-safe by itself.
final class CityRecords {
  /// Kinds kept as they are; there are few of each.
  static final Set<Kind> KEPT =
      Set.of(
          Kind.PILOT,
          Kind.NEED_CLUSTER,
          Kind.SERVICE,
          Kind.PROPOSAL,
          Kind.FUNDING_ROUND,
          Kind.COMMITMENT,
          Kind.DISBURSEMENT,
          Kind.COHORT_CELL);

  private final Map<Kind, Map<String, Dossier>> records = new EnumMap<>(Kind.class);
  private final Map<Milestone, Map<String, Instant>> milestones = new EnumMap<>(Milestone.class);
  private final Supporters supporters = new Supporters();
  private Function<String, @Nullable Instant> published = _ -> null;

  /// How to learn when a need was published.
  void lookUp(Function<String, @Nullable Instant> whenPublished) {
    published = whenPublished;
  }

  void put(Dossier record, boolean gone) {
    switch (record.kind()) {
      case SUPPORT -> {
        var need = record.text("need");
        if (gone) supporters.remove(need, record.text("personKey"));
        else supporters.add(need, record.text("personKey"));
      }
      case TRANSITION_EVENT ->
          Milestone.find(record.text("kind"), record.text("action"))
              .filter(one -> one != Milestone.NEED_PUBLISHED)
              .ifPresent(one ->
                  milestones
                      .computeIfAbsent(one, _ -> new HashMap<>())
                      .merge(
                          record.text("subject"),
                          record.moment("at"),
                          (a, b) -> a.isBefore(b) ? a : b));
      default -> {
        if (!KEPT.contains(record.kind())) return;
        var kept = records.computeIfAbsent(record.kind(), _ -> new LinkedHashMap<>());
        if (gone) kept.remove(record.id());
        else kept.put(record.id(), record);
        if (record.kind() == Kind.PILOT) record.texts("needs").forEach(this::learnPublished);
      }
    }
  }

  List<Dossier> all(Kind kind) {
    return List.copyOf(records.getOrDefault(kind, Map.of()).values());
  }

  Optional<Dossier> find(Kind kind, String id) {
    return Optional.ofNullable(records.getOrDefault(kind, Map.of()).get(id));
  }

  @Nullable Instant first(Milestone milestone, String id) {
    return milestones.getOrDefault(milestone, Map.of()).get(id);
  }

  Supporters supporters() {
    return supporters;
  }

  /// When a need was first published never changes once it was.
  private void learnPublished(String need) {
    var known = milestones.computeIfAbsent(Milestone.NEED_PUBLISHED, _ -> new HashMap<>());
    if (known.containsKey(need)) return;
    var at = published.apply(need);
    if (at != null) known.put(need, at);
  }
}
