/// Pilots as everyone sees them, and the workbench of who builds one: the key, what it covers, and
/// requests to try. Shows what the programme measured; measures nothing itself.
@NullMarked
package plaza.portal.pilot;

import org.jspecify.annotations.NullMarked;
