/// What all HTTP faces and the portal share: routes that declare who may use them, who is calling,
/// the limits on what comes in, and how a refusal becomes an answer. Knows Helidon so that faces
/// need not; holds no business rule.
@NullMarked
package plaza.web;

import org.jspecify.annotations.NullMarked;
