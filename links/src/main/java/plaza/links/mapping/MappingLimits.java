package plaza.links.mapping;

import java.time.Duration;

/// How much a mapping may do with one message.
///
/// @param time for one message; when it is over, the message is a dead letter
/// @param expressionCharacters of the JSLT text
/// @param inputBytes of a message
/// @param outputValues JSON values that may come out
/// @param entities that may come out
public record MappingLimits(
    Duration time, int expressionCharacters, int inputBytes, int outputValues, int entities) {
  public static final MappingLimits DEFAULT =
      new MappingLimits(Duration.ofSeconds(2), 64_000, 1_000_000, 200_000, 2_000);
}
