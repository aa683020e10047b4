package plaza.store.bytes;

import java.util.ArrayList;
import java.util.List;

/// What a check found wrong, a sentence each; after a hundred it only counts.
public final class Faults {
  private static final int MOST = 100;

  private final List<String> sentences = new ArrayList<>();
  private long more;

  public void add(String sentence) {
    if (sentences.size() < MOST) sentences.add(sentence);
    else more++;
  }

  /// Runs a check; what it throws is a fault.
  public void of(String subject, Runnable check) {
    try {
      check.run();
    } catch (RuntimeException e) {
      add(subject + " cannot be read: " + e.getMessage());
    }
  }

  public List<String> list() {
    var all = new ArrayList<>(sentences);
    if (more > 0) all.add("and " + more + " more faults");
    return all;
  }
}
