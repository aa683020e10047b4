package plaza.demo.story;

import java.time.Instant;
import java.time.InstantSource;

/// The time of the story, which its teller moves on.
final class StoryClock implements InstantSource {
  private Instant now;

  StoryClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void turnTo(String moment) {
    var then = Instant.parse(moment);
    if (then.isBefore(now)) throw new IllegalArgumentException("a story runs forward: " + moment);
    now = then;
  }
}
