/// Clause 6.3: what holds for every operation over HTTP.
@NullMarked
package plaza.conformance.http;

import org.jspecify.annotations.NullMarked;
