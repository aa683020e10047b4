/// The second demo city: Glasgow's innovation districts, their sites and clusters, in a tenant of
/// their own. Facts from public pages; positions approximate, and said to be.
@NullMarked
package plaza.demo.glasgow;

import org.jspecify.annotations.NullMarked;
