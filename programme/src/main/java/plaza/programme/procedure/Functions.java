package plaza.programme.procedure;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import plaza.programme.record.Kind;

/// What the names in the procedures mean. Filled once at start by the packages that know; then only
/// read.
public final class Functions {
  /// Decides a guard. Pure: looks at the situation and changes nothing.
  @FunctionalInterface
  public interface Guard {
    /// @return empty when met, else one clause that says what would meet it
    Optional<String> unmet(Situation situation, Term term);
  }

  /// Does an effect: changes dossiers of the situation, which are written with the step.
  @FunctionalInterface
  public interface Effect {
    /// @return false when another alternative of the same expression is meant
    boolean happens(Situation situation, Term term);
  }

  /// Decides whether someone stands in a relation to the record.
  @FunctionalInterface
  public interface Relation {
    boolean holds(Situation situation, Who.Related who);
  }

  /// Takes what was sent with an action into the record, before guards look at it or after they are
  /// met.
  @FunctionalInterface
  public interface Intake {
    void take(Situation situation);
  }

  private final Map<String, Guard> guards = new HashMap<>();
  private final Map<String, Effect> effects = new HashMap<>();
  private final Map<String, Relation> relations = new HashMap<>();
  private final Map<Kind, Map<String, Intake>> intakes = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<String, Intake>> settlements = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<String, Predicate<Situation>>> limits = new EnumMap<>(Kind.class);
  private final Set<String> awaited = new TreeSet<>();

  public Functions guard(String name, Guard guard) {
    add(guards, name, guard);
    return this;
  }

  public Functions effect(String name, Effect effect) {
    add(effects, name, effect);
    return this;
  }

  public Functions relation(String name, Relation relation) {
    add(relations, name, relation);
    return this;
  }

  public Functions intake(Kind kind, String action, Intake intake) {
    add(intakes.computeIfAbsent(kind, _ -> new HashMap<>()), action, intake);
    return this;
  }

  /// Like [#intake], once all guards are met: for what replaces a value that guards compare with.
  public Functions settle(Kind kind, String action, Intake settlement) {
    add(settlements.computeIfAbsent(kind, _ -> new HashMap<>()), action, settlement);
    return this;
  }

  /// A condition that a role alone does not meet: a panel member reviews what was assigned to them.
  public Functions only(Kind kind, String role, Predicate<Situation> whom) {
    add(limits.computeIfAbsent(kind, _ -> new HashMap<>()), role, whom);
    return this;
  }

  /// Names that are understood and not offered yet: a step that needs one is refused as such.
  public Functions awaiting(String... names) {
    awaited.addAll(Set.of(names));
    return this;
  }

  Optional<Guard> guard(String name) {
    return Optional.ofNullable(guards.get(name));
  }

  Optional<Effect> effect(String name) {
    return Optional.ofNullable(effects.get(name));
  }

  Optional<Relation> relation(String name) {
    return Optional.ofNullable(relations.get(name));
  }

  Intake intake(Kind kind, String action) {
    return intakes.getOrDefault(kind, Map.of()).getOrDefault(action, _ -> {});
  }

  Intake settlement(Kind kind, String action) {
    return settlements.getOrDefault(kind, Map.of()).getOrDefault(action, _ -> {});
  }

  boolean admits(Kind kind, String role, Situation situation) {
    var limit = limits.getOrDefault(kind, Map.of()).get(role);
    return limit == null || limit.test(situation);
  }

  /// What of a step is missing: the terms whose names are only awaited.
  Set<String> missing(Step step) {
    var missing = new TreeSet<String>();
    for (var guard : step.guards())
      // One offered alternative is enough to meet a guard; the others cannot be used.
      if (guard.alternatives().stream().noneMatch(term -> guards.containsKey(term.name())))
        missing.add(guard.text());
    for (var effect : step.effects())
      if (effect.alternatives().stream().anyMatch(term -> !effects.containsKey(term.name())))
        missing.add(effect.text());
    return missing;
  }

  /// @throws IllegalStateException naming every word of the procedures that nobody knows
  void check(Procedures procedures) {
    var unknown = new TreeSet<String>();
    for (var procedure : procedures.all())
      for (var step : procedure.steps()) {
        for (var guard : step.guards())
          for (var term : guard.alternatives())
            if (!guards.containsKey(term.name()) && !awaited.contains(term.name()))
              unknown.add(procedure.name() + "." + step.action() + ": guard " + term.text());
        for (var effect : step.effects())
          for (var term : effect.alternatives())
            if (!effects.containsKey(term.name()) && !awaited.contains(term.name()))
              unknown.add(procedure.name() + "." + step.action() + ": effect " + term.text());
        for (var who : step.by())
          if (who instanceof Who.Related related
              && !relations.containsKey(related.relation())
              && !awaited.contains(related.relation()))
            unknown.add(procedure.name() + "." + step.action() + ": by " + related.relation());
      }
    if (!unknown.isEmpty())
      throw new IllegalStateException("the procedures use words nobody knows: " + unknown);
  }

  private static <T> void add(Map<String, T> all, String name, T function) {
    if (all.put(name, function) != null)
      throw new IllegalStateException("'" + name + "' is registered twice");
  }
}
