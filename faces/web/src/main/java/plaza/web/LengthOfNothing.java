package plaza.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Keeps `Content-Length` out of answers that cannot have a body (RFC 9110 §8.6), into which the
/// web framework would put a zero at the last moment.
public final class LengthOfNothing implements Http1ConnectionListener {
  /// Stands in for the zero, so that it can be told from one that is meant.
  static final Header MARK = HeaderValues.createCached(HeaderNames.CONTENT_LENGTH, "0");

  @Override
  @SuppressWarnings("ReferenceEquality") // the mark, not its value
  public void headers(ConnectionContext connection, Headers headers) {
    if (headers instanceof WritableHeaders<?> answer
        && answer.contains(HeaderNames.CONTENT_LENGTH)
        && answer.get(HeaderNames.CONTENT_LENGTH) == MARK)
      answer.remove(HeaderNames.CONTENT_LENGTH);
  }
}
