package plaza.access;

import plaza.access.key.Ground;
import plaza.graph.Address;

/// Whose rights are wanted, and where.
///
/// @param branch main, the name of a sandbox, or [#OTHER] for all other branches together
record Asked(String actor, String tenant, String branch) {
  private static final String OTHER = "?";

  static Asked of(String actor, Address address) {
    return new Asked(
        actor,
        address.tenant(),
        address.isMain() || Ground.isSandbox(address) ? address.branch() : OTHER);
  }

  boolean isMain() {
    return branch.equals(Address.MAIN);
  }

  boolean isSandbox() {
    return Ground.isSandbox(branch);
  }
}
