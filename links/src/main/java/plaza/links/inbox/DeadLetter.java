package plaza.links.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.links.kind.Body;
import plaza.links.kind.Identity;
import plaza.links.kind.Message;

/// A message that could not become part of the city, and why. It waits to be replayed or discarded.
///
/// @param number grows with every dead letter of the link
/// @param form `document`, `text`, `row` or `unreadable`: how it was to be read
/// @param payload as it came, or its beginning
/// @param whole whether all of it is kept; only then can it be replayed
/// @param reason a sentence
/// @param attempts how often it was tried
/// @param triedAt the last time
@SuppressWarnings("ArrayRecordComponent") // as it came; never compared
public record DeadLetter(
    long number,
    String topic,
    String form,
    byte[] payload,
    boolean whole,
    Map<String, String> headers,
    Instant receivedAt,
    String reason,
    int attempts,
    Instant triedAt) {
  /// Of a larger message only the beginning is kept.
  public static final int PAYLOAD_BYTES = 65_536;

  static DeadLetter of(long number, Message message, String reason, Instant at) {
    var bytes = message.body().bytes();
    var form =
        switch (message.body()) {
          case Body.Document _ -> "document";
          case Body.Text _ -> "text";
          case Body.Row _ -> "row";
          case Body.Unreadable _ -> "unreadable";
        };
    boolean whole = bytes.length <= PAYLOAD_BYTES;
    return new DeadLetter(
        number,
        message.topic(),
        form,
        whole ? bytes : Arrays.copyOf(bytes, PAYLOAD_BYTES),
        whole,
        message.headers(),
        message.receivedAt(),
        reason,
        1,
        at);
  }

  DeadLetter triedAgain(String newReason, Instant at) {
    return new DeadLetter(
        number, topic, form, payload, whole, headers, receivedAt, newReason, attempts + 1, at);
  }

  /// The payload for people.
  public String text() {
    return new String(payload, UTF_8);
  }

  Message message() {
    return new Message(topic, new Identity.Unrepeated(), body(), headers, receivedAt);
  }

  private Body body() {
    if (!whole)
      return new Body.Unreadable(
          payload,
          "the message had more than "
              + PAYLOAD_BYTES
              + " bytes, of which only the beginning was kept; let the source send it again");
    return switch (form) {
      case "text" -> new Body.Text(payload);
      case "row" ->
          Json.parse(payload) instanceof Value.Struct row
              ? new Body.Row(row)
              : new Body.Unreadable(payload, reason);
      case "unreadable" -> new Body.Unreadable(payload, reason);
      default -> new Body.Document(payload);
    };
  }

  byte[] bytes() {
    var members = new LinkedHashMap<String, Value>();
    members.put("topic", Value.of(topic));
    members.put("form", Value.of(form));
    members.put("payload", Value.of(Base64.getEncoder().encodeToString(payload)));
    members.put("whole", Value.of(whole));
    var texts = new LinkedHashMap<String, Value>();
    headers.forEach((name, text) -> texts.put(name, Value.of(text)));
    members.put("headers", new Value.Struct(texts));
    members.put("receivedAt", Value.of(receivedAt.toString()));
    members.put("reason", Value.of(reason));
    members.put("attempts", Value.of(attempts));
    members.put("triedAt", Value.of(triedAt.toString()));
    return Json.bytes(new Value.Struct(members));
  }

  static DeadLetter read(long number, byte[] bytes) {
    if (!(Json.parse(bytes) instanceof Value.Struct(var members)
        && members.get("topic") instanceof Value.Text(var topic)
        && members.get("form") instanceof Value.Text(var form)
        && members.get("payload") instanceof Value.Text(var payload)
        && members.get("whole") instanceof Value.Flag(boolean whole)
        && members.get("headers") instanceof Value.Struct(var texts)
        && members.get("receivedAt") instanceof Value.Text(var receivedAt)
        && members.get("reason") instanceof Value.Text(var reason)
        && members.get("attempts") instanceof Value.Whole(long attempts)
        && members.get("triedAt") instanceof Value.Text(var triedAt)))
      throw new Refusal.Unavailable("dead letter " + number + " is damaged in the store");
    var headers = new LinkedHashMap<String, String>();
    texts.forEach((name, text) -> {
      if (text instanceof Value.Text(var plain)) headers.put(name, plain);
    });
    return new DeadLetter(
        number,
        topic,
        form,
        Base64.getDecoder().decode(payload),
        whole,
        Map.copyOf(headers),
        Instant.parse(receivedAt),
        reason,
        (int) attempts,
        Instant.parse(triedAt));
  }
}
