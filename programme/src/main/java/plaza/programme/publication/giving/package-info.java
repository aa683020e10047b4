/// Grants of money as 360Giving data (https://standard.threesixtygiving.org/en/1.1/).
@NullMarked
package plaza.programme.publication.giving;

import org.jspecify.annotations.NullMarked;
