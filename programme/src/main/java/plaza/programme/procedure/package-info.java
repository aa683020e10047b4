/// The one engine that performs every step of every procedure, from data: who may, under which
/// conditions, with which effects, in one atomic write together with a link of the audit chain.
///
/// Knows no particular procedure: what a guard or an effect means is a named function that the
/// packages beside it register.
@NullMarked
package plaza.programme.procedure;

import org.jspecify.annotations.NullMarked;
