package plaza.ledger.store;

import java.util.Optional;
import java.util.regex.Pattern;
import plaza.graph.Attribute;

/// An attribute instance in the history of an entity.
///
/// @param position the commit that recorded it
/// @param index its place in that commit's step
public record Recorded(Attribute attribute, Position position, int index) {
  private static final String PREFIX = "urn:ngsi-ld:instance:";
  private static final Pattern ID = Pattern.compile(PREFIX + "(\\d{1,18})-(\\d{1,9})");

  /// Names the instance for ever (NGSI-LD `instanceId`).
  public String instanceId() {
    return PREFIX + position.number() + "-" + index;
  }

  /// Where an instance was recorded.
  public record Place(Position position, int index) {}

  /// What an instance id names; empty when it is none of ours.
  public static Optional<Place> place(String instanceId) {
    var found = ID.matcher(instanceId);
    return found.matches()
        ? Optional.of(
            new Place(
                new Position(Long.parseLong(found.group(1))), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }
}
