package plaza.programme.procedure;

import java.util.Map;
import plaza.graph.Value;
import plaza.programme.record.Dossier;

/// What a command came to.
///
/// @param record as it is now, with its new version
/// @param answers told this once and kept nowhere: a key, a token
public record Outcome(Dossier record, Map<String, Value> answers) {
  public Outcome {
    answers = Map.copyOf(answers);
  }
}
