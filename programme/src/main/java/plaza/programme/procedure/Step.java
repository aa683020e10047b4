package plaza.programme.procedure;

import java.util.List;

/// One arrow of a procedure: from a state by an action to a state.
///
/// @param by alternatives: any of them may
/// @param guards all must hold; each is a list of alternatives
/// @param effects all happen; each is a list of alternatives of which the first that applies does
public record Step(
    String from, String action, String to, List<Who> by, List<Guard> guards, List<Guard> effects) {
  public Step {
    by = List.copyOf(by);
    guards = List.copyOf(guards);
    effects = List.copyOf(effects);
  }

  /// An expression as the data writes it.
  ///
  /// @param text such as `noSupports|pmoConsent`
  public record Guard(String text, List<Term> alternatives) {
    public Guard {
      alternatives = List.copyOf(alternatives);
    }

    static Guard parse(String text) {
      return new Guard(text, Term.alternatives(text));
    }
  }

  /// Whether Plaza takes the step by itself when its guards hold.
  boolean isByClock() {
    return by.stream()
        .anyMatch(
            who -> who instanceof Who.Plaza(var why) && (why.isEmpty() || why.equals("clock")));
  }
}
