package plaza.links.mapping;

import java.util.List;
import plaza.graph.change.Edit;

/// What became of one message in a mapping.
public sealed interface Mapped {
  record Edits(List<Edit> edits) implements Mapped {
    public Edits {
      edits = List.copyOf(edits);
    }
  }

  /// @param reason a sentence
  record Failed(String reason) implements Mapped {}
}
