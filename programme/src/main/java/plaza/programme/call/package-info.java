/// Calls: challenges, sealed proposals, and reviews by a panel without conflicts of interest.
///
/// Creates pilots as records when a call is decided; what becomes of them is the next package's.
@NullMarked
package plaza.programme.call;

import org.jspecify.annotations.NullMarked;
