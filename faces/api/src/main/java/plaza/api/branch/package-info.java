/// `/api/v1/branches`: what-ifs of the city, made, listed and ended.
@NullMarked
package plaza.api.branch;

import org.jspecify.annotations.NullMarked;
