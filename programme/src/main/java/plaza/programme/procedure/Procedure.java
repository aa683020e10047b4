package plaza.programme.procedure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One kind's life: its states, where it begins and ends, and the steps between.
///
/// @param name of the kind, as in the data
/// @param mapsTo the standards' words for it
public record Procedure(
    String name,
    String initial,
    Set<String> terminal,
    Set<String> states,
    String mapsTo,
    List<Step> steps) {
  public Procedure {
    terminal = Set.copyOf(terminal);
    states = Set.copyOf(states);
    steps = List.copyOf(steps);
    var faults = faults(initial, terminal, states, steps);
    if (!faults.isEmpty())
      throw new IllegalArgumentException(name + ": " + String.join("; ", faults));
  }

  public boolean isTerminal(String state) {
    return terminal.contains(state);
  }

  /// The steps that leave a state under one action. In the data no state has two.
  public List<Step> from(String state) {
    return steps.stream().filter(step -> step.from().equals(state)).toList();
  }

  private static List<String> faults(
      String initial, Set<String> terminal, Set<String> states, List<Step> steps) {
    var faults = new ArrayList<String>();
    var named = new HashSet<String>(terminal);
    named.add(initial);
    var arrows = new HashSet<String>();
    for (var step : steps) {
      named.add(step.from());
      named.add(step.to());
      if (!arrows.add(step.from() + " " + step.action()))
        faults.add(step.from() + " has two steps '" + step.action() + "'");
    }
    for (var state : new TreeSet<>(named))
      if (!states.contains(state)) faults.add("the state " + state + " is not listed");
    var reached = closure(initial, steps);
    for (var state : new TreeSet<>(states)) {
      if (!reached.contains(state)) faults.add("the state " + state + " is never reached");
      if (!terminal.contains(state) && closure(state, steps).stream().noneMatch(terminal::contains))
        faults.add("no end can be reached from " + state);
    }
    return faults;
  }

  private static Set<String> closure(String start, List<Step> steps) {
    var seen = new HashSet<String>(Set.of(start));
    var open = new ArrayDeque<>(Set.of(start));
    while (!open.isEmpty()) {
      var state = open.pop();
      for (var step : steps)
        if (step.from().equals(state) && seen.add(step.to())) open.push(step.to());
    }
    return seen;
  }
}
