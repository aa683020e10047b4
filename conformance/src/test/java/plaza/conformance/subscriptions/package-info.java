/// Clause 5.8: who is told of what, with a receiver that listens.
@NullMarked
package plaza.conformance.subscriptions;

import org.jspecify.annotations.NullMarked;
