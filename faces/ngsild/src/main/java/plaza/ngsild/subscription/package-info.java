/// NGSI-LD subscriptions (clauses 5.2.12 to 5.2.15, 5.3.1, 5.8): their records, which changes
/// concern which of them, and what their subscribers are told.
///
/// [plaza.ngsild.subscription.Subscriptions] holds the parts. A subscription is an entity of a
/// private type in its tenant; the consumer of the feed learns of it there, in the order of
/// everything else, and so misses no change after it. What a subscriber is told is narrowed by the
/// rights its owner has when it is told. Knows HTTP in one class only; how messages reach receivers
/// is the package `delivery`.
@NullMarked
package plaza.ngsild.subscription;

import org.jspecify.annotations.NullMarked;
