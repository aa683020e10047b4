/// Clauses 4.9 to 4.23: what can be asked, and in which words.
@NullMarked
package plaza.conformance.languages;

import org.jspecify.annotations.NullMarked;
