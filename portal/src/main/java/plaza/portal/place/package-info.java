/// Places of the city on pages: what lies where, what is free when, and a form to book it.
@NullMarked
package plaza.portal.place;

import org.jspecify.annotations.NullMarked;
