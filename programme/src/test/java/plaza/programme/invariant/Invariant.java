package plaza.programme.invariant;

import java.util.ArrayList;
import java.util.List;
import plaza.programme.invariant.Records.Moment;

/// One thing that must hold whatever is asked of a city, in whatever order, whenever the power
/// fails. It looks at what was written and at what access would let through, never at the guards
/// that should have prevented it.
///
/// A new one is made for each run.
abstract class Invariant {
  private final String name;
  private final List<String> faults = new ArrayList<>();
  private long looks;

  /// @param name as PROGRAMME numbers it, such as `I1`
  Invariant(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /// Called for each commit, in order, when the records are as it left them.
  void happened(SmallCity city, Records records, Moment moment) {}

  /// Called after each command, when the clock has taken what is due, access obeys and everybody
  /// was told.
  void settled(SmallCity city, Records records) {}

  /// Something broke the invariant.
  protected final void fault(String sentence) {
    faults.add(sentence);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
  protected final void require(boolean holds, String sentence, Object... of) {
    looked();
    if (!holds) fault(sentence.formatted(of));
  }

  /// Counts that there was something to look at, so that a run in which nothing could have gone
  /// wrong is not taken for one in which all went well.
  protected final void looked() {
    looks++;
  }

  List<String> faults() {
    return faults;
  }

  long looks() {
    return looks;
  }
}
