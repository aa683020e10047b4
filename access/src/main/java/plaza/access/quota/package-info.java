/// How much pilots may write of what is their own. Knows neither keys nor grants: the policy says
/// whose allowance a write is measured by.
@NullMarked
package plaza.access.quota;

import org.jspecify.annotations.NullMarked;
