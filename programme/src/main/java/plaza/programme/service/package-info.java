/// What a pilot became when it stayed: services, from draft to retirement, renewed by what their
/// use shows.
///
/// A service reaches the city's data by grants like a pilot's, and only while it runs. Who its
/// users are is not known here: see `plaza.programme.usage`.
@NullMarked
package plaza.programme.service;

import org.jspecify.annotations.NullMarked;
