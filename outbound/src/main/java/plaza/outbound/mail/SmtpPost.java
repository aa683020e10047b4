package plaza.outbound.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Sends letters by SMTP (RFC 5321), one connection a letter.
public final class SmtpPost implements Post {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// How the connection is made safe.
  public enum Security {
    /// Only for a mail server on the same machine or in tests.
    NONE,
    /// RFC 3207; a server that does not offer it is not used.
    STARTTLS,
    /// TLS from the first byte (RFC 8314).
    TLS
  }

  /// @param from whom the letters come from, an address
  /// @param user to sign in with; null when the server asks for nobody
  public record Server(
      String host,
      int port,
      Security security,
      String from,
      @Nullable String user,
      @Nullable String password) {
    /// Without the password: settings end up in logs.
    @Override
    public String toString() {
      return "Server[" + host + ":" + port + ", " + security + ", from " + from + "]";
    }
  }

  private final Server server;
  private final Session session;

  public SmtpPost(Server server) {
    this.server = server;
    var properties = new Properties();
    var millis = Long.toString(PATIENCE.toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.ssl.enable", server.security() == Security.TLS);
    properties.put("mail.smtp.starttls.required", server.security() == Security.STARTTLS);
    properties.put("mail.smtp.starttls.enable", server.security() == Security.STARTTLS);
    properties.put("mail.smtp.ssl.checkserveridentity", true);
    this.session = Session.getInstance(properties);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void send(Letter letter) {
    try (var transport = new SMTPTransport(session, null)) {
      transport.connect(server.host(), server.port(), server.user(), server.password());
      var message = message(letter);
      transport.sendMessage(message, message.getAllRecipients());
    } catch (SendFailedException e) {
      throw new PostFailure(sentence(e), !isFinal(e), e);
    } catch (MessagingException e) {
      throw new PostFailure(sentence(e), true, e);
    }
  }

  private static boolean isFinal(SendFailedException e) {
    return e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
  }

  private String sentence(MessagingException e) {
    return "the mail server " + server.host() + ":" + server.port() + " says: " + e.getMessage();
  }

  private MimeMessage message(Letter letter) throws MessagingException {
    var message = new Identified(session, "<" + letter.id() + ">");
    message.setFrom(new InternetAddress(server.from()));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to()));
    message.setSubject(letter.subject(), "UTF-8");
    message.setText(letter.body(), "UTF-8");
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
    // RFC 3834: no out-of-office notes back.
    message.setHeader("Auto-Submitted", "auto-generated");
    if (!letter.unsubscribe().isEmpty())
      message.setHeader("List-Unsubscribe", "<" + letter.unsubscribe() + ">");
    message.saveChanges();
    return message;
  }

  /// The library would make a new Message-ID at every try.
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
