package plaza.programme;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Situation;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What the city promised to answer by now and has not: needs, faults and appeals past their clock,
/// the longest overdue first.
public final class Overdue {
  private static final List<String> OFFICE = List.of("pmo", "programmeBoard", "auditor");
  private final Engine engine;

  /// Records that wait in a state for a moment in a field.
  private record Clock(Kind kind, String state, String field, String role) {}

  private static final List<Clock> CLOCKS =
      List.of(
          new Clock(Kind.NEED, "ACKNOWLEDGED", "answerDueAt", "departmentOfficer"),
          new Clock(Kind.SERVICE_REQUEST, "OPEN", "expectedAt", "departmentOfficer"),
          new Clock(Kind.SERVICE_REQUEST, "ACCEPTED", "expectedAt", "departmentOfficer"),
          new Clock(Kind.MODERATION_CASE, "APPEALED", "answerDueAt", "moderator"));

  Overdue(Engine engine) {
    this.engine = engine;
  }

  /// `[{id, type, state, title, department, dueAt, daysOverdue}]`. The office sees all, an officer
  /// those of their department, a moderator appeals.
  public Value.Items of(Caller caller) {
    var standing = engine.standing(caller);
    boolean office = OFFICE.stream().anyMatch(standing::holds);
    if (!office && !standing.holds("departmentOfficer") && !standing.holds("moderator"))
      throw caller.isSignedIn()
          ? new Refusal.Forbidden("what is overdue is for the office, officers and moderators")
          : new Refusal.Unauthenticated("what is overdue is for the office; sign in");
    var now = engine.now();
    var found = new ArrayList<Value.Struct>();
    for (var clock : CLOCKS)
      engine
          .dossiers()
          .each(
              caller.address(),
              clock.kind,
              List.of(new Having("state", clock.state)),
              record -> {
                record
                    .findMoment(clock.field)
                    .filter(due -> due.isBefore(now))
                    .filter(_ -> office || isTheirs(standing, clock, record))
                    .ifPresent(due -> found.add(told(record, due, now)));
                return true;
              });
    found.sort(Comparator.comparing(one -> ((Value.Text) due(one)).text()));
    return new Value.Items(List.copyOf(found));
  }

  private static Value due(Value.Struct told) {
    return told.members().getOrDefault("dueAt", Value.of(""));
  }

  private static boolean isTheirs(Standing standing, Clock clock, Dossier record) {
    return standing.holds(clock.role, Situation.scopes(record));
  }

  private static Value.Struct told(Dossier record, Instant due, Instant now) {
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of(record.id()));
    members.put("type", Value.of(record.kind().title()));
    members.put("state", Value.of(record.state()));
    for (var name : List.of("title", "department"))
      record.find(name).ifPresent(value -> members.put(name, value));
    members.put("dueAt", Value.of(due.toString()));
    members.put("daysOverdue", Value.of(Duration.between(due, now).toDays()));
    return new Value.Struct(members);
  }
}
