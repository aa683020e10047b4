package plaza.programme.publication;

import java.time.Instant;
import plaza.programme.record.Dossier;

/// One step in a record's life.
///
/// @param number of its link in the audit chain
/// @param record as it was after the step, as far as the public may know
public record Event(long number, Instant at, String action, String from, Dossier record) {
  public String to() {
    return record.state();
  }

  public boolean is(String... actions) {
    return java.util.List.of(actions).contains(action);
  }
}
