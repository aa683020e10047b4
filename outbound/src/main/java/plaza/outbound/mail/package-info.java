/// E-mail through the city's own SMTP server. Knows nothing of who is written to or why.
@NullMarked
package plaza.outbound.mail;

import org.jspecify.annotations.NullMarked;
