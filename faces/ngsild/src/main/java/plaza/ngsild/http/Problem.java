package plaza.ngsild.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;

/// An error of clause 5.5.2 with its status of clause 6.3.2, on its way to the caller.
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  enum Type {
    ALREADY_EXISTS("AlreadyExists", 409, "Already exists"),
    BAD_REQUEST_DATA("BadRequestData", 400, "Bad request data"),
    CONFLICT("Conflict", 409, "Conflict"),
    INTERNAL_ERROR("InternalError", 500, "Internal error"),
    INVALID_REQUEST("InvalidRequest", 400, "Invalid request"),
    LD_CONTEXT_NOT_AVAILABLE("LdContextNotAvailable", 504, "The @context is not available"),
    NONEXISTENT_TENANT("NonexistentTenant", 404, "Nonexistent tenant"),
    OPERATION_NOT_SUPPORTED("OperationNotSupported", 422, "Operation not supported"),
    RESOURCE_NOT_FOUND("ResourceNotFound", 404, "Resource not found"),
    TOO_COMPLEX_QUERY("TooComplexQuery", 403, "Too complex a query"),
    TOO_MANY_RESULTS("TooManyResults", 403, "Too many results"),
    // The standard has no types for these; they are Plaza's.
    NOT_SIGNED_IN("https://plaza.city/problems/not-signed-in", 401, "Not signed in"),
    NOT_ALLOWED("https://plaza.city/problems/not-allowed", 403, "Not allowed"),
    CHANGED("https://plaza.city/problems/changed", 412, "Changed since it was read"),
    TOO_LARGE("https://plaza.city/problems/too-large", 413, "Too large"),
    TOO_MANY("https://plaza.city/problems/too-many-requests", 429, "Too many requests"),
    SOURCE_FAILED("https://plaza.city/problems/source-failed", 502, "A context source failed"),
    SOURCE_LATE("https://plaza.city/problems/source-late", 504, "A context source is late"),
    LOOP("https://plaza.city/problems/loop", 508, "A loop of registrations"),
    UNAVAILABLE("https://plaza.city/problems/unavailable", 503, "Unavailable");

    final String uri;
    final int status;
    final String title;

    Type(String name, int status, String title) {
      this.uri = name.contains(":") ? name : "https://uri.etsi.org/ngsi-ld/errors/" + name;
      this.status = status;
      this.title = title;
    }
  }

  final Type type;

  /// As another server told it, to be told on; null when it is ours.
  private final transient Value.@Nullable Struct said;

  Problem(Type type, String detail) {
    this(type, detail, null);
  }

  /// @param said ProblemDetails of the server that refused, to be told on as they are
  Problem(Type type, String detail, Value.@Nullable Struct said) {
    super(detail, null, false, false);
    this.type = type;
    this.said = said;
  }

  static Problem of(Refusal refusal) {
    return new Problem(type(refusal), String.valueOf(refusal.getMessage()));
  }

  private static Type type(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Invalid _ -> Type.BAD_REQUEST_DATA;
      case Refusal.NotFound _ -> Type.RESOURCE_NOT_FOUND;
      case Refusal.AlreadyExists _ -> Type.ALREADY_EXISTS;
      case Refusal.Conflict _, Refusal.Unmet _ -> Type.CONFLICT;
      case Refusal.Unauthenticated _ -> Type.NOT_SIGNED_IN;
      case Refusal.Forbidden _ -> Type.NOT_ALLOWED;
      case Refusal.TooLarge _ -> Type.TOO_LARGE;
      case Refusal.TooMany _ -> Type.TOO_MANY;
      case Refusal.Unsupported _ -> Type.OPERATION_NOT_SUPPORTED;
      case Refusal.Unavailable _ -> Type.UNAVAILABLE;
    };
  }

  Value.Struct details() {
    if (said != null) return said;
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("type", Value.of(type.uri));
    members.put("title", Value.of(type.title));
    members.put("detail", Value.of(String.valueOf(getMessage())));
    members.put("status", Value.of(type.status));
    return new Value.Struct(members);
  }

  byte[] body() {
    return Json.bytes(details());
  }
}
