/// A city to try Plaza on: Taipei from real open data, with invented people and an invented pilot
/// that say that they are invented. Uses the server as anybody would; nothing needs this room.
@NullMarked
package plaza.demo;

import org.jspecify.annotations.NullMarked;
