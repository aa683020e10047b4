package plaza.programme.notice;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// What a person was told, and what they follow. Everybody reads their own.
public final class NoticeBoard {
  private final Dossiers dossiers;

  public NoticeBoard(Dossiers dossiers) {
    this.dossiers = dossiers;
  }

  /// What the caller was told, newest first.
  ///
  /// @throws Refusal.Unauthenticated without account and token
  public List<Value.Struct> list(Caller caller, int limit) {
    return own(caller, Kind.NOTICE).stream()
        .sorted(Comparator.comparingLong((Dossier notice) -> notice.count("number")).reversed())
        .limit(limit)
        .map(NoticeBoard::shown)
        .toList();
  }

  /// What the caller follows, by title: `{subject, kind, title, state}`. What they may not see any
  /// more has neither title nor state, and can still be left.
  ///
  /// @throws Refusal.Unauthenticated without account and token
  public List<Value.Struct> following(Caller caller) {
    return own(caller, Kind.FOLLOW).stream()
        .map(follow -> followed(caller, follow.text("subject")))
        .sorted(Comparator.comparing(view -> String.valueOf(view.members().get("title"))))
        .toList();
  }

  /// Whether the caller follows a record; nobody does without account and token.
  public boolean follows(Caller caller, String subject) {
    var key = caller.personKey();
    return key != null
        && dossiers.find(caller.address(), Kind.FOLLOW, Followers.id(subject, key)).isPresent();
  }

  private List<Dossier> own(Caller caller, Kind kind) {
    var key = caller.personKey();
    if (key == null)
      throw new Refusal.Unauthenticated(
          "sign in, or send the token you were given, to see notices");
    return dossiers.list(caller.address(), kind, List.of(new Having("personKey", key)));
  }

  private Value.Struct followed(Caller caller, String subject) {
    var view = new LinkedHashMap<String, Value>();
    view.put("subject", Value.of(subject));
    Ids.kind(subject)
        .ifPresent(kind -> {
          view.put("kind", Value.of(kind.title()));
          record(caller, kind, subject)
              .ifPresent(record -> {
                for (var name : List.of("title", "name"))
                  record.findText(name).ifPresent(t -> view.put("title", Value.of(t)));
                view.put("state", Value.of(record.state()));
              });
        });
    return new Value.Struct(view);
  }

  private Optional<Dossier> record(Caller caller, Kind kind, String subject) {
    return dossiers
        .find(caller.address(), kind, subject)
        .filter(record -> !kind.isConcealed(record.state()));
  }

  private static Value.Struct shown(Dossier notice) {
    var view = new LinkedHashMap<String, Value>();
    view.put("id", Value.of(notice.id()));
    notice
        .fields()
        .forEach((name, value) -> {
          if (!name.equals("personKey") && !name.equals("person")) view.put(name, value);
        });
    return new Value.Struct(view);
  }
}
