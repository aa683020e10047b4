/// Small worlds for tests, hand-written fakes, and the contract every extension point must meet.
/// Never on a production class path.
@NullMarked
package plaza.testkit;

import org.jspecify.annotations.NullMarked;
