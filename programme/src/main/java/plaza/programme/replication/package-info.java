/// Taking a solution to another city: packages with their evidence, what another city's catalogue
/// has of what a service needs, and the replication of one there.
///
/// Other cities are asked through [OtherCities] only, outside any command's turn: a slow city must
/// not hold up this one.
@NullMarked
package plaza.programme.replication;

import org.jspecify.annotations.NullMarked;
