package plaza.links.inbox;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.json.Json;

/// How far a link has come, since it was made. Part of every commit, so it survives with it.
///
/// @param received messages from the source, those that came twice too
/// @param committed messages whose readings are stored
/// @param duplicates messages that had been dealt with before
/// @param dead messages that became dead letters
/// @param replayed dead letters that were stored later
/// @param dropped dead letters that went because there were too many
/// @param committedAt the last time a message was committed
/// @param newestReadingAt the newest moment any committed reading is about, at most its commit time
/// @param lag how old the newest reading of the last commit was when it was committed
public record Progress(
    long received,
    long committed,
    long duplicates,
    long dead,
    long replayed,
    long dropped,
    @Nullable Instant committedAt,
    @Nullable Instant newestReadingAt,
    @Nullable Duration lag) {
  public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, null, null, null);

  Progress received(int messages, int duplicateMessages) {
    return new Progress(
        received + messages,
        committed,
        duplicates + duplicateMessages,
        dead,
        replayed,
        dropped,
        committedAt,
        newestReadingAt,
        lag);
  }

  Progress stored(int messages, int replayedMessages, @Nullable Instant reading, Instant now) {
    if (messages + replayedMessages == 0 || reading == null)
      return new Progress(
          received,
          committed + messages,
          duplicates,
          dead,
          replayed + replayedMessages,
          dropped,
          committedAt,
          newestReadingAt,
          lag);
    // A sensor whose clock runs ahead must not look fresh for days.
    var at = reading.isAfter(now) ? now : reading;
    return new Progress(
        received,
        committed + messages,
        duplicates,
        dead,
        replayed + replayedMessages,
        dropped,
        now,
        newestReadingAt == null || at.isAfter(newestReadingAt) ? at : newestReadingAt,
        Duration.between(at, now));
  }

  Progress lost(int deadMessages, int droppedLetters) {
    return new Progress(
        received,
        committed,
        duplicates,
        dead + deadMessages,
        replayed,
        dropped + droppedLetters,
        committedAt,
        newestReadingAt,
        lag);
  }

  byte[] bytes() {
    var members = new LinkedHashMap<String, Value>();
    members.put("received", Value.of(received));
    members.put("committed", Value.of(committed));
    members.put("duplicates", Value.of(duplicates));
    members.put("dead", Value.of(dead));
    members.put("replayed", Value.of(replayed));
    members.put("dropped", Value.of(dropped));
    if (committedAt != null) members.put("committedAt", Value.of(committedAt.toString()));
    if (newestReadingAt != null)
      members.put("newestReadingAt", Value.of(newestReadingAt.toString()));
    if (lag != null) members.put("lag", Value.of(lag.toString()));
    return Json.bytes(new Value.Struct(members));
  }

  static Progress read(byte[] bytes) {
    if (!(Json.parse(bytes) instanceof Value.Struct stored)) return NONE;
    var committedAt = text(stored, "committedAt");
    var newestReadingAt = text(stored, "newestReadingAt");
    var lag = text(stored, "lag");
    return new Progress(
        number(stored, "received"),
        number(stored, "committed"),
        number(stored, "duplicates"),
        number(stored, "dead"),
        number(stored, "replayed"),
        number(stored, "dropped"),
        committedAt == null ? null : Instant.parse(committedAt),
        newestReadingAt == null ? null : Instant.parse(newestReadingAt),
        lag == null ? null : Duration.parse(lag));
  }

  private static long number(Value.Struct stored, String name) {
    return stored.members().get(name) instanceof Value.Whole(long number) ? number : 0;
  }

  private static @Nullable String text(Value.Struct stored, String name) {
    return stored.members().get(name) instanceof Value.Text(var text) ? text : null;
  }
}
