package plaza.programme.notice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Write;
import plaza.ledger.Ledger;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.programme.procedure.Roles;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Turns links of the audit chain into notices, one for each person concerned.
///
/// A notice's id is made of link and person, and creating it fails when it is there already: so
/// nobody is told twice, whatever crashes. The place in the chain is kept after a link's notices:
/// so nobody is missed.
public final class Notices {
  static final String MAIL = "mail.";
  private static final String PLACE = "place.";
  private static final int LINKS_PER_ROUND = 1_000;
  private final Dossiers dossiers;
  private final Notebook notebook;
  private final Roles roles;
  private final Audience audience;

  public Notices(Dossiers dossiers, Ledger ledger, Roles roles) {
    this.dossiers = dossiers;
    this.notebook = ledger.notebook("programme.notices");
    this.roles = roles;
    this.audience = new Audience(dossiers, roles);
  }

  Notebook notebook() {
    return notebook;
  }

  /// Writes the notices of all links since the last round.
  ///
  /// @return how many were written
  public int round(Address address) {
    long place = place(address);
    int written = 0;
    for (int i = 0; i < LINKS_PER_ROUND; i++) {
      var link = link(address, place + 1);
      if (link.isEmpty()) break;
      written += tell(address, link.get());
      place++;
      notebook.keep(
          Dossiers.PROGRAMME.through("programme"),
          address,
          List.of(
              new Note(
                  PLACE + address.tenant(),
                  Long.toString(place).getBytes(StandardCharsets.UTF_8))));
    }
    return written;
  }

  private long place(Address address) {
    return notebook
        .find(PLACE + address.tenant())
        .map(bytes -> Long.parseLong(new String(bytes, StandardCharsets.UTF_8)))
        .orElse(0L);
  }

  private Optional<Dossier> link(Address address, long number) {
    return dossiers.find(
        address, Kind.TRANSITION_EVENT, Ids.id(Kind.TRANSITION_EVENT, "%010d".formatted(number)));
  }

  private int tell(Address address, Dossier link) {
    var kind = Kind.find(link.text("kind"));
    if (kind.isEmpty()) return 0;
    var subject = dossiers.find(address, kind.get(), link.text("subject"));
    if (subject.isEmpty()) return 0;
    var waiting = new ArrayList<CompletableFuture<?>>();
    for (var recipient : audience.of(address, link, subject.get()))
      // Who did it knows.
      if (!link.findText("actor").equals(Optional.ofNullable(recipient.person())))
        waiting.add(write(address, notice(link, subject.get(), recipient), recipient));
    int written = 0;
    for (var one : waiting)
      try {
        one.join();
        written++;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof Refusal.AlreadyExists)) throw e;
      }
    return written;
  }

  private CompletableFuture<?> write(Address address, Dossier notice, Recipient recipient) {
    var person = recipient.person();
    var notes =
        person != null && roles.email(person).isPresent()
            ? List.of(
                new Note(
                    MAIL + address.tenant() + " " + notice.id(),
                    "0".getBytes(StandardCharsets.UTF_8)))
            : List.<Note>of();
    return notebook.submit(
        Dossiers.PROGRAMME.through("programme"),
        Write.atomic(address, Dossiers.edits(null, notice)),
        notes);
  }

  private static Dossier notice(Dossier link, Dossier subject, Recipient recipient) {
    var id =
        Ids.id(Kind.NOTICE, Canonical.hash(link.id() + " " + recipient.key()).substring(0, 40));
    Map<String, Value> fields = new HashMap<>();
    fields.put("personKey", Value.of(recipient.key()));
    if (recipient.person() != null) fields.put("person", Value.of(recipient.person()));
    for (var name : List.of("kind", "subject", "action", "from", "to", "at", "number"))
      link.find(name).ifPresent(value -> fields.put(name, value));
    subject.findText("title").ifPresent(title -> fields.put("title", Value.of(title)));
    for (var name : List.of("publicReason", "answer", "evidence"))
      subject.findText(name).ifPresent(text -> fields.put("words", Value.of(text)));
    return Dossier.of(Kind.NOTICE, id, Dossier.KEPT, fields);
  }
}
