package plaza.graph.change;

import java.util.List;
import plaza.graph.Address;
import plaza.graph.Refusal;

/// What a caller asks the ledger to do, at one address.
///
/// @param address a tenant and branch, now
/// @param edits done in this order; a later one sees what an earlier one did
/// @param atomic all happen or none; otherwise each stands alone (NGSI-LD batches, clause 5.6.7)
public record Write(Address address, List<Edit> edits, boolean atomic) {
  public Write {
    edits = List.copyOf(edits);
    if (edits.isEmpty()) throw new Refusal.Invalid("a write needs at least one edit");
    if (address.at() != null)
      throw new Refusal.Invalid("the past cannot be written: " + address.at());
  }

  public static Write atomic(Address address, Edit... edits) {
    return new Write(address, List.of(edits), true);
  }

  public static Write atomic(Address address, List<Edit> edits) {
    return new Write(address, edits, true);
  }

  public static Write each(Address address, List<Edit> edits) {
    return new Write(address, edits, false);
  }
}
