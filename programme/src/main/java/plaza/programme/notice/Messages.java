package plaza.programme.notice;

import java.time.InstantSource;
import plaza.graph.Address;
import plaza.ledger.Ledger;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Post;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Roles;
import plaza.programme.record.Dossiers;

/// Everything that leaves the programme for people and other systems: notices, letters, webhooks.
public final class Messages {
  private final Notices notices;
  private final MailRound mail;
  private final Webhooks webhooks;

  /// @param publicUrl of the city's pages, without a slash at the end; empty when unknown
  public Messages(
      Engine engine,
      Ledger ledger,
      Roles roles,
      Post post,
      WebCall web,
      String publicUrl,
      InstantSource clock) {
    Dossiers dossiers = engine.dossiers();
    this.notices = new Notices(dossiers, ledger, roles);
    this.mail = new MailRound(notices, dossiers, roles, post, publicUrl, clock);
    this.webhooks =
        new Webhooks(engine, dossiers, ledger.notebook("programme.webhooks"), web, clock);
  }

  public Notices notices() {
    return notices;
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  /// Writes the notices that are due, then sends letters and calls webhooks; call it every second
  /// or so, by one thread.
  public void round(Address address) {
    notices.round(address);
    mail.round(address);
    webhooks.round(address);
  }
}
