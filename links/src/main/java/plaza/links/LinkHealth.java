package plaza.links;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.links.inbox.DurableInbox;
import plaza.links.inbox.Progress;

/// How a link does. What counts is how old its newest committed reading is, not whether a socket is
/// open: a broker may be connected for weeks while every sensor behind it is silent.
///
/// @param sentence why, for people
/// @param age of the newest committed reading; null when there is none
/// @param freshness how old it may be; null when it does not age
/// @param deadLetters waiting now
/// @param trouble what goes wrong now; null when nothing does
public record LinkHealth(
    State state,
    String sentence,
    Progress progress,
    @Nullable Duration age,
    @Nullable Duration freshness,
    int deadLetters,
    int deadLetterLimit,
    DurableInbox.@Nullable Trouble trouble) {

  public enum State {
    /// The newest reading is young enough; or nothing ages and nothing is wrong.
    FRESH,
    /// Started or resumed less than its freshness ago, and no reading yet.
    WAITING,
    /// The newest reading is too old.
    STALE,
    /// Nothing ages, but the source cannot be reached or nothing can be stored.
    FAILING,
    /// Stopped by somebody.
    PAUSED
  }

  public boolean healthy() {
    return state == State.FRESH || state == State.WAITING;
  }

  /// @param since when the link was started
  static LinkHealth of(
      LinkDefinition link, DurableInbox inbox, boolean paused, Instant since, Instant now) {
    var progress = inbox.progress();
    var trouble = inbox.trouble();
    var newest = progress.newestReadingAt();
    var age = newest == null ? null : Duration.between(newest, now);
    var state = state(link, paused, age, Duration.between(since, now), trouble);
    return new LinkHealth(
        state,
        sentence(state, link, age, trouble),
        progress,
        age,
        link.freshness(),
        inbox.deadLetterCount(),
        inbox.deadLetterLimit(),
        trouble);
  }

  private static State state(
      LinkDefinition link,
      boolean paused,
      @Nullable Duration age,
      Duration running,
      DurableInbox.@Nullable Trouble trouble) {
    if (paused) return State.PAUSED;
    var freshness = link.freshness();
    if (freshness == null) return trouble == null ? State.FRESH : State.FAILING;
    if (age != null && age.compareTo(freshness) <= 0) return State.FRESH;
    return age == null && running.compareTo(freshness) <= 0 ? State.WAITING : State.STALE;
  }

  private static String sentence(
      State state,
      LinkDefinition link,
      @Nullable Duration age,
      DurableInbox.@Nullable Trouble trouble) {
    var because = trouble == null ? "" : ": " + trouble.sentence();
    return switch (state) {
      case FRESH ->
          age == null || link.freshness() == null
              ? "no trouble"
              : "the newest reading is " + seconds(age) + " old" + because;
      case WAITING -> "no reading yet" + because;
      case STALE ->
          age == null
              ? "no reading has come since the start" + because
              : "the newest reading is "
                  + seconds(age)
                  + " old, more than "
                  + link.freshness()
                  + because;
      case FAILING -> trouble == null ? "trouble" : trouble.sentence();
      case PAUSED -> "paused";
    };
  }

  private static Duration seconds(Duration age) {
    return Duration.ofSeconds(age.toSeconds());
  }
}
