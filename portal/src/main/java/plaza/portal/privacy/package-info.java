/// What the city keeps of people, for people; and the buttons to take it along and to erase it.
@NullMarked
package plaza.portal.privacy;

import org.jspecify.annotations.NullMarked;
