package plaza.programme;

import java.util.List;
import java.util.function.Supplier;
import plaza.graph.Address;
import plaza.ledger.Ledger;
import plaza.programme.privacy.Accounts;
import plaza.programme.privacy.Privacy;
import plaza.programme.privacy.PrivacyRules;

/// What the programme keeps of people, for them.
public final class PersonalData {
  private PersonalData() {}

  /// Make it once.
  ///
  /// @param tenants the cities of the installation
  public static Privacy of(
      Programme programme,
      Ledger ledger,
      Accounts accounts,
      PrivacyRules rules,
      Supplier<List<Address>> tenants) {
    return new Privacy(programme.engine(), ledger, accounts, rules, tenants);
  }
}
