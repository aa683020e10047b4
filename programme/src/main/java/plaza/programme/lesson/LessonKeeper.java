package plaza.programme.lesson;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Sees to it that nothing ends without a trace (invariant I9): who owed a lesson and wrote none in
/// time gets the one that the records tell, marked as such; an evaluation that nobody published is
/// published as it was measured.
public final class LessonKeeper {
  private static final System.Logger LOG = System.getLogger(LessonKeeper.class.getName());
  private static final Duration PAUSE = Duration.ofHours(1);
  private final Engine engine;
  private final InstantSource clock;
  private final Map<String, Instant> looked = new ConcurrentHashMap<>();

  public LessonKeeper(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /// Looks once an hour; between, it costs nothing.
  ///
  /// @return what was done
  public List<String> tick(Address address) {
    var now = clock.instant();
    var last = looked.get(address.tenant());
    if (last != null && now.isBefore(last.plus(PAUSE))) return List.of();
    looked.put(address.tenant(), now);
    var done = new ArrayList<String>();
    for (var kind : LessonDesk.SUBJECTS.keySet())
      for (var procedure : engine.procedures().find(kind).stream().toList())
        for (var state : procedure.terminal())
          for (var record :
              engine.dossiers().list(address, kind, List.of(new Having("state", state))))
            if (record.findMoment("lessonDueAt").filter(at -> !now.isBefore(at)).isPresent())
              close(address, record, done);
    return done;
  }

  private void close(Address address, Dossier record, List<String> done) {
    try {
      engine.run(
          Caller.plaza(address, "clock"),
          work -> {
            var subject = work.get(record.kind(), record.id());
            publishEvaluation(work, subject);
            if (subject.flag("lessonRequired"))
              LessonDesk.learned(work, subject, told(work, subject));
            var closed = work.get(record.kind(), record.id()).without("lessonDueAt");
            work.save(closed);
            return closed;
          });
      done.add(record.id() + " lesson");
    } catch (Refusal refusal) {
      LOG.log(System.Logger.Level.WARNING, record.id() + " keeps its lesson open", refusal);
    }
  }

  private static void publishEvaluation(Work work, Dossier subject) {
    subject
        .findText("evaluation")
        .flatMap(id -> work.find(Kind.EVALUATION, id))
        .filter(evaluation -> evaluation.is("DRAFT"))
        .ifPresent(evaluation -> {
          var published =
              evaluation
                  .with("summary", "Published as it was measured: nobody wrote a summary in time.")
                  .with("publishedAt", work.now())
                  .in("PUBLISHED");
          work.save(published);
          work.enter(published, "publish", Value.Struct.EMPTY);
        });
  }

  private static Map<String, Value> told(Work work, Dossier subject) {
    var what =
        new StringBuilder("Nobody wrote down a lesson in time. The records say: it ended ")
            .append(subject.state());
    for (var id : subject.texts("indicators"))
      work.find(Kind.INDICATOR, id)
          .ifPresent(one ->
              what.append("; ")
                  .append(one.findText("name").orElse(id))
                  .append(" was ")
                  .append(one.findText("verdict").orElse("never judged")));
    // What the record itself does not show, its lesson does not tell.
    if (!subject.kind().isConcealed(subject.state()))
      for (var field : List.of("suspendedBecause", "publicReason", "reason"))
        subject.findText(field).ifPresent(text -> what.append("; ").append(text));
    var fields = new LinkedHashMap<String, Value>();
    fields.put("what", Value.of(what.append('.').toString()));
    fields.put("tags", Value.of(List.of("unwritten")));
    return fields;
  }
}
