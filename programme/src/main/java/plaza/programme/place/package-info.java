/// Places of a city and what is booked in them: districts, sites, spaces, equipment and test
/// fields; innovation clusters of organisations; events; one booking engine for all that can be
/// booked.
///
/// Knows the procedures' words for bookings and nothing of HTTP or pages.
@NullMarked
package plaza.programme.place;

import org.jspecify.annotations.NullMarked;
