package plaza.programme.notice;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Work;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Who follows which record. Authors and supporters follow their needs of their own; anybody with
/// an account or token may follow any public record. Personal data: no face shows it.
public final class Followers {
  private final Engine engine;

  public Followers(Engine engine) {
    this.engine = engine;
  }

  /// Follows a record. Following twice changes nothing.
  public Outcome follow(Caller caller, Kind kind, String id) {
    var key = key(caller);
    return engine.run(
        caller,
        work -> {
          var record = work.get(kind, id);
          if (record.kind().isConcealed(record.state()))
            throw new Refusal.NotFound("there is no " + kind.title() + " " + id);
          add(work, record, key);
          return record;
        });
  }

  /// Stops following, also where support or authorship had begun it.
  public Outcome unfollow(Caller caller, Kind kind, String id) {
    var key = key(caller);
    return engine.run(
        caller,
        work -> {
          var record = work.get(kind, id);
          work.find(Kind.FOLLOW, id(id, key)).ifPresent(work::remove);
          return record;
        });
  }

  /// Lets the caller of a command follow the record it is about.
  ///
  /// @param key as the person counts for it
  public static void add(Work work, Dossier record, String key) {
    add(work, record, key, work.caller().isSignedIn() ? work.caller().id() : null);
  }

  private static void add(Work work, Dossier record, String key, @Nullable String person) {
    var id = id(record.id(), key);
    if (work.find(Kind.FOLLOW, id).isPresent()) return;
    Map<String, Value> fields = new HashMap<>();
    fields.put("subject", Value.of(record.id()));
    fields.put("personKey", Value.of(key));
    if (person != null) fields.put("person", Value.of(person));
    work.save(Dossier.of(Kind.FOLLOW, id, Dossier.KEPT, fields));
  }

  /// Lets the author of a record follow it, whoever takes the step that opens it.
  public static void addAuthor(Work work, Dossier record) {
    var author = record.findText("author");
    var key =
        author
            .map(id -> Caller.of(Actor.of(id), work.caller().address()).personKey())
            .or(() -> record.findText("tokenHash"));
    key.ifPresent(known -> add(work, record, known, author.orElse(null)));
  }

  /// What the caller of a command counts under. Who has neither account nor token is answered a
  /// `token`, once.
  public static String key(Work work) {
    var known = work.caller().personKey();
    if (known != null) return known;
    var token = work.ids().token();
    work.answer("token", Value.of(token));
    return Caller.hash(token);
  }

  static Recipient recipient(Dossier follow) {
    return new Recipient(follow.text("personKey"), follow.findText("person").orElse(null));
  }

  static Having on(String subject) {
    return new Having("subject", subject);
  }

  static String id(String subject, String key) {
    return Ids.id(Kind.FOLLOW, Canonical.hash(subject + " " + key).substring(0, 40));
  }

  private static String key(Caller caller) {
    var key = caller.personKey();
    if (key == null)
      throw new Refusal.Unauthenticated(
          "sign in, or send the token you were given when you stated or supported a need");
    return key;
  }
}
