/// What a store engine must do: keep state, history and feed as one. Implement
/// [plaza.ledger.store.Store] and extend `StoreContract` of the testkit to prove it.
@NullMarked
package plaza.ledger.store;

import org.jspecify.annotations.NullMarked;
