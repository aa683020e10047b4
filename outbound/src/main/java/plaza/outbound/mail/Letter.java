package plaza.outbound.mail;

import plaza.graph.Refusal;

/// One e-mail to one person, plain text.
///
/// @param id the same whenever the same letter is sent again, so that mail servers can tell
/// @param unsubscribe where its reader stops such letters (RFC 8058 says one should be told); empty
///   when nowhere
public record Letter(String id, String to, String subject, String body, String unsubscribe) {
  public Letter {
    for (var line : new String[] {id, to, subject, unsubscribe})
      if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0)
        throw new Refusal.Invalid("a line of a letter's head must not hold a line break");
    if (!to.matches("[^@\\s]+@[^@\\s]+"))
      throw new Refusal.Invalid("a letter needs an address such as name@example.org, not " + to);
  }
}
