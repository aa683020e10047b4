/// `/api/v1` for people and permission: sign-in, accounts, organisations, memberships, roles, keys,
/// grants (to read), the audit record. Parses and represents; the desks of `plaza.access` decide.
@NullMarked
package plaza.api.access;

import org.jspecify.annotations.NullMarked;
