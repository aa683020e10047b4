package plaza.graph.change;

import java.util.List;
import plaza.graph.Refusal;

/// What became of one edit.
public sealed interface Outcome {
  String entityId();

  /// @param created whether the entity did not exist before
  /// @param notUpdated attributes left alone, with the reason (clause 5.2.18)
  record Done(String entityId, boolean created, List<NotUpdated> notUpdated) implements Outcome {
    public Done {
      notUpdated = List.copyOf(notUpdated);
    }
  }

  record Refused(String entityId, Refusal refusal) implements Outcome {}

  /// @param attribute expanded name
  record NotUpdated(String attribute, String reason) {}
}
