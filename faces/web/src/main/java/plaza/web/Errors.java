package plaza.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// How a face tells that something was refused.
@FunctionalInterface
public interface Errors {
  Answer answer(Refusal refusal);

  /// What is told of a fault of Plaza's own.
  default Answer mistake(Refusal refusal) {
    return answer(refusal).as(500);
  }

  /// What is told of a request that cannot be read as HTTP.
  default Answer malformed(Refusal.Invalid refusal) {
    return answer(refusal);
  }

  /// Headers that stand in every answer as they stood in the request.
  default List<String> echoed() {
    return List.of();
  }

  /// The media types a PATCH may be written in (RFC 5789 §3.1).
  default List<String> patches() {
    return List.of("application/json");
  }

  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
  record Answer(int status, String contentType, byte[] body) {
    /// The same answer under another status, in its body too when that is a JSON problem.
    Answer as(int newStatus) {
      if (!contentType.endsWith("json") || !(Json.parse(body) instanceof Value.Struct(var members)))
        return new Answer(newStatus, contentType, body);
      var changed = new LinkedHashMap<>(members);
      changed.put("status", Value.of(newStatus));
      return new Answer(newStatus, contentType, Json.bytes(new Value.Struct(changed)));
    }
  }

  /// RFC 9457 with types of Plaza's own.
  Errors PROBLEM =
      refusal -> {
        int status = status(refusal);
        return problem(
            status, "https://plaza.city/problems/" + slug(refusal), title(refusal), refusal);
      };

  static Answer problem(int status, String type, String title, Refusal refusal) {
    var members = new LinkedHashMap<String, Value>();
    members.put("type", Value.of(type));
    members.put("title", Value.of(title));
    members.put("status", Value.of(status));
    members.put("detail", Value.of(String.valueOf(refusal.getMessage())));
    if (refusal instanceof Refusal.Unmet unmet)
      members.put(
          "unmet",
          new Value.Items(unmet.conditions().stream().<Value>map(Errors::condition).toList()));
    return problem(status, members);
  }

  private static Value condition(Refusal.Unmet.Condition condition) {
    return new Value.Struct(
        Map.of("guard", Value.of(condition.name()), "remedy", Value.of(condition.remedy())));
  }

  static Answer problem(int status, Map<String, Value> members) {
    return new Answer(status, "application/problem+json", Json.bytes(new Value.Struct(members)));
  }

  static int status(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Invalid _ -> 400;
      case Refusal.Unauthenticated _ -> 401;
      case Refusal.Forbidden _ -> 403;
      case Refusal.NotFound _ -> 404;
      case Refusal.AlreadyExists _, Refusal.Conflict _, Refusal.Unmet _ -> 409;
      case Refusal.TooLarge _ -> 413;
      case Refusal.TooMany _ -> 429;
      case Refusal.Unsupported _ -> 501;
      case Refusal.Unavailable _ -> 503;
    };
  }

  private static String slug(Refusal refusal) {
    return title(refusal).toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
  }

  private static String title(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Invalid _ -> "Invalid request";
      case Refusal.Unauthenticated _ -> "Not signed in";
      case Refusal.Forbidden _ -> "Not allowed";
      case Refusal.NotFound _ -> "Not found";
      case Refusal.AlreadyExists _ -> "Already exists";
      case Refusal.Conflict _ -> "Conflict";
      case Refusal.Unmet _ -> "Conditions unmet";
      case Refusal.TooLarge _ -> "Too large";
      case Refusal.TooMany _ -> "Too many requests";
      case Refusal.Unsupported _ -> "Not offered";
      case Refusal.Unavailable _ -> "Unavailable";
    };
  }
}
