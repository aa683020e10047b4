package plaza.programme.notice;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.ledger.store.Note;
import plaza.outbound.mail.Letter;
import plaza.outbound.mail.Post;
import plaza.outbound.mail.PostFailure;
import plaza.programme.procedure.Roles;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Sends notices by e-mail to those who have an address.
///
/// What is due is noted with the notice itself and forgotten when the mail server has taken the
/// letter. A crash between sends it again under the same Message-ID, by which servers and readers
/// tell that it is one.
public final class MailRound {
  private static final System.Logger LOG = System.getLogger(MailRound.class.getName());
  private static final int LETTERS_PER_ROUND = 200;
  private static final int TRIES = 12;
  private final Notices notices;
  private final Dossiers dossiers;
  private final Roles roles;
  private final Post post;
  private final String publicUrl;
  private final InstantSource clock;
  private @Nullable Instant pauseUntil;

  /// @param publicUrl of the city's pages, without a slash at the end
  public MailRound(
      Notices notices,
      Dossiers dossiers,
      Roles roles,
      Post post,
      String publicUrl,
      InstantSource clock) {
    this.notices = notices;
    this.dossiers = dossiers;
    this.roles = roles;
    this.post = post;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /// Sends what is due. When the server does not take a letter, the rest waits for a minute.
  ///
  /// @return how many letters were taken
  public int round(Address address) {
    if (!post.isOpen()) return 0;
    var pause = pauseUntil;
    if (pause != null && clock.instant().isBefore(pause)) return 0;
    var prefix = Notices.MAIL + address.tenant() + " ";
    int sent = 0;
    for (var due : notices.notebook().list(prefix, "", LETTERS_PER_ROUND)) {
      try {
        if (send(address, due.key().substring(prefix.length()))) sent++;
        forget(address, due);
      } catch (PostFailure failure) {
        if (!failed(address, due, failure)) break;
      }
    }
    return sent;
  }

  private boolean send(Address address, String noticeId) {
    var notice = dossiers.find(address, Kind.NOTICE, noticeId);
    var to = notice.flatMap(one -> one.findText("person")).flatMap(roles::email);
    if (to.isEmpty()) return false; // erased, or no address any more
    post.send(letter(notice.get(), to.get()));
    return true;
  }

  /// Whether to go on with the next letter.
  private boolean failed(Address address, Note due, PostFailure failure) {
    var value = due.value();
    int tries =
        (value == null ? 0 : Integer.parseInt(new String(value, StandardCharsets.UTF_8))) + 1;
    LOG.log(System.Logger.Level.WARNING, "A letter was not sent: " + failure.getMessage());
    if (!failure.isWorthAnotherTry() || tries >= TRIES) {
      forget(address, due);
      return true;
    }
    keep(address, new Note(due.key(), Integer.toString(tries).getBytes(StandardCharsets.UTF_8)));
    pauseUntil = clock.instant().plus(Duration.ofMinutes(1));
    return false;
  }

  private void forget(Address address, Note due) {
    keep(address, new Note(due.key(), null));
  }

  private void keep(Address address, Note note) {
    notices.notebook().keep(Dossiers.PROGRAMME.through("programme"), address, List.of(note));
  }

  private Letter letter(Dossier notice, String to) {
    var title = notice.findText("title").orElse(notice.text("subject"));
    var subject = oneLine(title + ": " + words(notice.text("to")));
    var body = new StringBuilder();
    body.append(title).append("\n\n");
    body.append(notice.text("kind")).append(" is now ").append(words(notice.text("to")));
    body.append(" (").append(notice.text("action")).append(", ").append(notice.text("at"));
    body.append(").\n");
    notice.findText("words").ifPresent(text -> body.append("\n").append(text).append("\n"));
    if (!publicUrl.isEmpty()) body.append("\n").append(page(notice)).append("\n");
    var local = notice.id().substring(notice.id().lastIndexOf(':') + 1);
    return new Letter(local + "@" + host(), to, subject, body.toString(), "");
  }

  /// Where people read on: needs and pilots have pages of their own.
  private String page(Dossier notice) {
    return switch (notice.text("kind")) {
      case "Need" -> publicUrl + "/needs/" + notice.text("subject");
      case "Pilot" -> publicUrl + "/pilots/" + notice.text("subject");
      default -> publicUrl + "/records";
    };
  }

  private String host() {
    return publicUrl.isEmpty() ? "plaza.invalid" : java.net.URI.create(publicUrl).getHost();
  }

  private static String words(String state) {
    return state.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private static String oneLine(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 150 ? line : line.substring(0, 147) + "…";
  }
}
