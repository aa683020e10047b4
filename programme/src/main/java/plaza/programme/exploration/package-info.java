/// The paid exploration between a shortlist and a decision: a contract for a few weeks, a sample of
/// the data, and what a team hands in at its end.
///
/// Knows calls and the grants of pilots; neither knows it.
@NullMarked
package plaza.programme.exploration;

import org.jspecify.annotations.NullMarked;
