package plaza.programme.invariant;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Kind;

/// I9: thirty days after a pilot ended there is a lesson and a published evaluation, whether or not
/// anybody wrote them. A pilot that never started has nothing to evaluate, but a lesson too.
final class EndsAreLearnedFrom extends Invariant {
  /// Thirty days, and the hour that may lie between two looks.
  private static final Duration WITHIN = Duration.ofDays(30).plusHours(1);

  private final Map<String, Instant> ended = new HashMap<>();

  EndsAreLearnedFrom() {
    super("I9");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var link : moment.links())
      if (link.kind().equals(Kind.PILOT.title())
          && link.moves()
          && java.util.List.of("SCALED", "STOPPED", "CLOSED", "LAPSED").contains(link.to()))
        ended.put(link.subject(), link.at());
  }

  @Override
  void settled(SmallCity city, Records records) {
    ended.forEach((id, at) -> {
      if (city.now.isBefore(at.plus(WITHIN))) return;
      var pilot = records.get(Kind.PILOT, id);
      require(
          !records.all(Kind.LESSON, "pilot", id).isEmpty(),
          "%s is %s since %s without a lesson at %s",
          id,
          pilot.state(),
          at,
          city.now);
      require(
          pilot.is("LAPSED")
              || records.all(Kind.EVALUATION, "pilot", id).stream()
                  .anyMatch(one -> one.is("PUBLISHED")),
          "%s is %s since %s without a published evaluation at %s",
          id,
          pilot.state(),
          at,
          city.now);
    });
  }
}
