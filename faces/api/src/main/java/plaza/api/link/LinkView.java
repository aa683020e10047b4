package plaza.api.link;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Value;
import plaza.links.LinkHealth;
import plaza.links.LinkStatus;
import plaza.links.inbox.DeadLetter;

/// Links and dead letters as JSON.
final class LinkView {
  private LinkView() {}

  static Value of(LinkStatus link) {
    var members = new LinkedHashMap<>(link.definition().write().members());
    members.put("id", Value.of(link.id()));
    members.put("paused", Value.of(link.paused()));
    members.put("createdBy", Value.of(link.createdBy()));
    put(members, "createdAt", link.createdAt());
    members.put("health", health(link.health()));
    return new Value.Struct(members);
  }

  private static Value health(LinkHealth health) {
    var members = new LinkedHashMap<String, Value>();
    members.put("healthy", Value.of(health.healthy()));
    members.put("state", Value.of(health.state().name().toLowerCase(Locale.ROOT)));
    members.put("sentence", Value.of(health.sentence()));
    put(members, "age", health.age());
    put(members, "freshness", health.freshness());
    var progress = health.progress();
    members.put("received", Value.of(progress.received()));
    members.put("committed", Value.of(progress.committed()));
    members.put("duplicate", Value.of(progress.duplicates()));
    members.put("dead", Value.of(progress.dead()));
    put(members, "newestReadingAt", progress.newestReadingAt());
    members.put("deadLetters", Value.of(health.deadLetters()));
    members.put("deadLetterLimit", Value.of(health.deadLetterLimit()));
    return new Value.Struct(members);
  }

  static Value of(DeadLetter letter) {
    var members = new LinkedHashMap<String, Value>();
    members.put("number", Value.of(letter.number()));
    members.put("topic", Value.of(letter.topic()));
    members.put("reason", Value.of(letter.reason()));
    members.put("payload", Value.of(letter.text()));
    members.put("whole", Value.of(letter.whole()));
    var headers = new LinkedHashMap<String, Value>();
    letter.headers().forEach((name, text) -> headers.put(name, Value.of(text)));
    members.put("headers", new Value.Struct(headers));
    members.put("receivedAt", Value.of(letter.receivedAt().toString()));
    members.put("attempts", Value.of(letter.attempts()));
    members.put("triedAt", Value.of(letter.triedAt().toString()));
    return new Value.Struct(members);
  }

  static Value count(String name, int number) {
    return new Value.Struct(Map.of(name, Value.of(number)));
  }

  private static void put(Map<String, Value> members, String name, @Nullable Object something) {
    if (something != null) members.put(name, Value.of(something.toString()));
  }
}
