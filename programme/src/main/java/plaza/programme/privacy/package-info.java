/// Personal data: what is kept of people and why, what they are shown of it, and its erasure on
/// request or when its time is over.
///
/// What is kept is data (`register.json`); export, erasure and retention follow it. Accounts belong
/// to the access room, reached through `Accounts`. Counts and the audit chain stay as they are.
@NullMarked
package plaza.programme.privacy;

import org.jspecify.annotations.NullMarked;
