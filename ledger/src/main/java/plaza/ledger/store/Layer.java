package plaza.ledger.store;

import plaza.graph.Address;

/// A flat space of entities in a store: the main branch of a tenant, or what one branch changed.
public record Layer(String tenant, String branch) {
  public static Layer of(Address address) {
    return new Layer(address.tenant(), address.branch());
  }

  public boolean isMain() {
    return branch.equals(Address.MAIN);
  }

  @Override
  public String toString() {
    return tenant + "/" + branch;
  }
}
