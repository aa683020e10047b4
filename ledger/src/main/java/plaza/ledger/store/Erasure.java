package plaza.ledger.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;

/// What a commit takes out of the history of one entity in one layer, or puts right in it.
public sealed interface Erasure {
  /// Everything ever recorded.
  record Evolution() implements Erasure {}

  /// Every instance of an attribute.
  ///
  /// @param datasetId null for the default instance
  /// @param all whatever the datasetId
  record Instances(String attribute, @Nullable String datasetId, boolean all) implements Erasure {}

  /// One instance.
  ///
  /// @param old as it lies in this layer, or in the parent that a branch has it from
  /// @param corrected takes its place under the same position and index; null for nothing
  record Instance(Recorded old, @Nullable Attribute corrected) implements Erasure {}

  /// Whether an instance is one of those that go.
  default boolean covers(Recorded one) {
    return switch (this) {
      case Evolution _ -> true;
      case Instances(var attribute, var datasetId, boolean all) ->
          one.attribute().name().equals(attribute)
              && (all || Objects.equals(one.attribute().datasetId(), datasetId));
      case Instance(var old, _) ->
          one.index() == old.index() && one.position().equals(old.position());
    };
  }

  /// Whether an instance, wherever it was recorded, is one of those that go. A single one is not
  /// known without its place.
  default boolean takes(Attribute instance) {
    return switch (this) {
      case Evolution _ -> true;
      case Instances(var attribute, var datasetId, boolean all) ->
          instance.name().equals(attribute)
              && (all || Objects.equals(instance.datasetId(), datasetId));
      case Instance _ -> false;
    };
  }
}
