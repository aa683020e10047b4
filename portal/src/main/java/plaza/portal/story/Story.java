package plaza.portal.story;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import plaza.portal.page.Seen;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;

/// What happened, in order, told from the audit chain.
public final class Story {
  private final Programme programme;

  public Story(Programme programme) {
    this.programme = programme;
  }

  /// One thing that happened.
  ///
  /// @param who the role in which it was done
  /// @param stage the kind of record, which groups the steps
  public record Chapter(Instant at, String stage, String what, String who, String subject) {}

  /// The story of some records together, oldest first; each step told once.
  public List<Chapter> of(Caller caller, Collection<String> subjects) {
    var chapters = new ArrayList<Chapter>();
    for (var subject : new LinkedHashSet<>(subjects))
      for (var event : programme.events(caller, subject)) {
        var seen = new Seen(event);
        if (!Plain.tells(seen.text("kind"), seen.text("action"))) continue;
        seen.moment("at").ifPresent(at -> chapters.add(chapter(seen, at)));
      }
    chapters.sort(Comparator.comparing(Chapter::at));
    return List.copyOf(chapters);
  }

  /// Every step of one record, the clerks' too, oldest first.
  public List<Chapter> whole(Caller caller, String subject) {
    return programme.events(caller, subject).stream()
        .map(Seen::new)
        .flatMap(event -> event.moment("at").map(at -> chapter(event, at)).stream())
        .toList();
  }

  private static Chapter chapter(Seen event, Instant at) {
    return new Chapter(
        at,
        event.text("kind"),
        Plain.step(event.text("kind"), event.text("action")),
        Plain.role(event.text("role")),
        event.text("subject"));
  }
}
