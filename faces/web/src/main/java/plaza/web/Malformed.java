package plaza.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// Answers what is no proper HTTP, and so reaches no route, in the words of the face that its
/// address leads to; the web framework would send the status alone.
///
/// @param beside the errors of the face at a path
record Malformed(Function<String, Errors> beside) implements DirectHandler {

  DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var event : EventType.values())
      if (event != EventType.INTERNAL_ERROR) handlers.addHandler(event, this);
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    var answer =
        beside
            .apply(request.path())
            .malformed(new Refusal.Invalid(sentence(status)))
            .as(status.code());
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, answer.contentType())
        .entity(answer.body())
        .build();
  }

  private static String sentence(Status status) {
    return switch (status.code()) {
      case 413 -> "the request body is longer than this server takes; send it in parts";
      case 414 -> "the address is longer than this server takes; send a long query by POST";
      case 431 -> "the request headers are longer than this server takes; send fewer or shorter";
      case 501 -> "of transfer codings this server takes only chunked";
      case 505 -> "this server speaks HTTP/1.1";
      default ->
          "the request is no valid HTTP/1.1: what is not plain in its address must be"
              + " percent-encoded (RFC 3986 §2.1), such as %7C for |, and its headers must be"
              + " lines of text";
    };
  }
}
