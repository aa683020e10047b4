package plaza.ledger;

import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.query.Sight;

/// Decides who may see and change what. Asked for every read and every write; must be quick and
/// thread-safe.
@FunctionalInterface
public interface Policy {
  /// @throws Refusal.Unauthenticated or [Refusal.Forbidden] when there is no right at all, such as
  ///   with an expired or revoked key
  Rights rights(Actor actor, Address address);

  /// @param write what the actor may change, before and after the change
  /// @param allowance how much of that; null without limit of its own
  record Rights(Sight read, Sight write, @Nullable Allowance allowance) {
    public Rights(Sight read, Sight write) {
      this(read, write, null);
    }

    public static final Rights EVERYTHING = new Rights(Sight.EVERYTHING, Sight.EVERYTHING);
    public static final Rights OPEN = new Rights(Sight.PUBLIC, Sight.PUBLIC);
  }

  /// Anyone may do anything a face offers. For tests and `--open`.
  Policy OPEN = (actor, _) -> actor.room() == null ? Rights.OPEN : Rights.EVERYTHING;
}
