package plaza.server.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.outbound.mail.SmtpPost;

/// What an operator decides about the e-mail that the city sends.
final class MailSettings {
  static final Setting<String> HOST =
      new Setting<>("smtp.host", Kind.TEXT, "", "the mail server; without one nobody gets e-mail");
  static final Setting<Integer> PORT =
      new Setting<>("smtp.port", Kind.whole(1, 65_535), "587", "where the mail server listens");
  static final Setting<SmtpPost.Security> SECURITY =
      new Setting<>(
          "smtp.security",
          Kind.oneOf(SmtpPost.Security.class),
          "starttls",
          "how the connection to the mail server is made safe");
  static final Setting<String> FROM =
      new Setting<>("smtp.from", Kind.TEXT, "", "the address that letters come from");
  static final Setting<String> USER =
      new Setting<>(
          "smtp.user", Kind.TEXT, "", "who signs in at the mail server; empty for nobody");
  static final Setting<String> PASSWORD_FILE =
      new Setting<>(
          "smtp.password-file", Kind.TEXT, "", "a file that holds the password of smtp.user");

  private MailSettings() {}

  static List<Setting<?>> all() {
    return List.of(HOST, PORT, SECURITY, FROM, USER, PASSWORD_FILE);
  }

  /// @return null when the city sends no e-mail
  static SmtpPost.@Nullable Server of(Configuration from) {
    var host = from.get(HOST);
    if (host.isEmpty()) return null;
    if (!from.get(FROM).matches("[^@\\s]+@[^@\\s]+"))
      throw new Refusal.Invalid(
          "smtp.from must be the address that letters come from, such as plaza@city.example");
    var user = from.get(USER);
    return new SmtpPost.Server(
        host,
        from.get(PORT),
        from.get(SECURITY),
        from.get(FROM),
        user.isEmpty() ? null : user,
        user.isEmpty() ? null : StoreSettings.password(PASSWORD_FILE, from));
  }
}
