/// Whether a rule stands in a pilot's way: the case is confirmed first, an exemption is asked for
/// only where one is needed, and no pilot runs under one that has ended.
@NullMarked
package plaza.programme.regulation;

import org.jspecify.annotations.NullMarked;
