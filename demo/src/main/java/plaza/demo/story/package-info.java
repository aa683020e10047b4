/// An invented story on real readings: from what residents miss to what the data say. Told with the
/// programme's own commands by the demo's people, at the times at which it would have happened.
@NullMarked
package plaza.demo.story;

import org.jspecify.annotations.NullMarked;
