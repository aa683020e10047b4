package plaza.ledger.store;

import plaza.graph.Attribute;

/// An attribute instance in the history of an entity.
///
/// @param position the commit that recorded it
/// @param index its place in that commit's step
public record Recorded(Attribute attribute, Position position, int index) {
  /// Names the instance for ever (NGSI-LD `instanceId`).
  public String instanceId() {
    return "urn:ngsi-ld:instance:" + position.number() + "-" + index;
  }
}
