/// Who there is and what they may do: people, organisations, memberships, roles on scopes.
/// Passwords live here too; sessions and keys do not.
@NullMarked
package plaza.access.people;

import org.jspecify.annotations.NullMarked;
