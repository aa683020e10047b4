package plaza.programme.privacy;

import java.util.Optional;
import java.util.Set;
import plaza.graph.Value;
import plaza.ledger.Actor;

/// The accounts of people, as the access room keeps them.
public interface Accounts {
  /// Texts by which an account's person is named: the name to sign in with, the one others see, the
  /// e-mail address. Empty when there is no such account, or no more.
  Set<String> names(String person);

  /// All that is kept of an account but secrets; empty when there is none.
  Optional<Value.Struct> export(String person);

  /// Refuses when the actor may not erase the account, or nobody must.
  void requireMayErase(Actor by, String person);

  /// Takes the account out of the records for good. Doing it twice changes nothing.
  void erase(Actor by, String person);
}
