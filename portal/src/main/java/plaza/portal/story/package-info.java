/// What the pages of the programme share: who a visitor is to it, what a state means in plain
/// words, and the whole way from a need to a verdict as one story. Decides nothing about records.
@NullMarked
package plaza.portal.story;

import org.jspecify.annotations.NullMarked;
