/// Brings messages to receivers: durable, in order for each lane, each at least once, and no
/// receiver in the way of another.
///
/// A [plaza.ngsild.subscription.delivery.Courier] holds one lane for each sender. What is due is a
/// note in the store that names places in the feed; the message is written when it is sent. Nothing
/// here knows what a subscription is, or NGSI-LD.
@NullMarked
package plaza.ngsild.subscription.delivery;

import org.jspecify.annotations.NullMarked;
