/// Money for what proved itself: rounds, what parties commit to them, tranches that wait for a
/// verdict, and payments.
///
/// Amounts are exact decimals, kept as text; a round has one currency, and amounts of two
/// currencies are never added. Knows no bank: a payment is recorded here when it was made.
@NullMarked
package plaza.programme.finance;

import org.jspecify.annotations.NullMarked;
