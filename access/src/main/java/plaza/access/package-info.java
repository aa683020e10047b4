/// Who may see and change what. [Access] holds the desks of this room and is wired once by the
/// server; [Authenticator] tells who sent a request; [AccessPolicy] answers the ledger and the
/// reader. Nothing here knows HTTP, and nothing decides what the programme decides.
@NullMarked
package plaza.access;

import org.jspecify.annotations.NullMarked;
