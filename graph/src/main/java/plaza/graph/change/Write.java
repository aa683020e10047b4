package plaza.graph.change;

import java.util.HashSet;
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
    if (erases(edits)) requireErasuresOnly(edits);
  }

  /// Whether it takes something out of the records, or puts it right.
  public boolean erases() {
    return erases(edits);
  }

  private static boolean erases(List<Edit> edits) {
    for (var edit : edits) if (edit instanceof Edit.Erasure) return true;
    return false;
  }

  private static void requireErasuresOnly(List<Edit> edits) {
    var ids = new HashSet<String>();
    for (var edit : edits)
      if (!(edit instanceof Edit.Expect)
          && !(edit instanceof Edit.Erasure && ids.add(edit.entityId())))
        throw new Refusal.Invalid(
            "a write that erases holds one erasure for each entity and nothing else; "
                + edit.entityId()
                + " has more");
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
