package plaza.ngsild.subscription.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One connection to a receiver, used by one thread at a time (RFC 9112).
final class HttpConnection {
  private static final int LONGEST_LINE = 16_384;
  private static final int MOST_LINES = 200;
  private static final int LARGEST_ANSWER = 1 << 20;

  /// The connection had ended before the request; nothing of an answer came.
  static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[4096];
  private int from;
  private int until;
  private boolean fresh = true;
  private boolean reusable;
  private volatile long deadline;
  private volatile long restingSince;

  private HttpConnection(Socket socket, long deadline) throws IOException {
    this.socket = socket;
    this.deadline = deadline;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static HttpConnection open(HttpReceiver.Origin origin, InetSocketAddress address, long deadline)
      throws IOException {
    var plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(address, millisUntil(deadline));
      if (!origin.secure()) return new HttpConnection(plain, deadline);
      plain.setSoTimeout(millisUntil(deadline));
      var secure =
          (SSLSocket)
              ((SSLSocketFactory) SSLSocketFactory.getDefault())
                  .createSocket(plain, origin.host(), origin.port(), true);
      var parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      secure.setSoTimeout(0);
      return new HttpConnection(secure, deadline);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static int millisUntil(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) throw new SocketTimeoutException("no time left to connect");
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  void setDeadline(long nanoTime) {
    deadline = nanoTime;
  }

  boolean isLate(long now) {
    return now - deadline > 0;
  }

  void rest() {
    restingSince = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - restingSince;
  }

  boolean isReusable() {
    return reusable;
  }

  /// Sends a request and reads the answer to its end.
  ///
  /// @return the status
  /// @throws Stale when a kept connection turns out to have ended
  int post(byte[] head, byte[] body) throws IOException {
    reusable = false;
    boolean first = fresh;
    fresh = false;
    try {
      var request = new byte[head.length + body.length];
      System.arraycopy(head, 0, request, 0, head.length);
      System.arraycopy(body, 0, request, head.length, body.length);
      out.write(request);
      out.flush();
      if (from == until) fill();
    } catch (IOException e) {
      if (first || isLate(System.nanoTime()) || Thread.currentThread().isInterrupted()) throw e;
      throw new Stale();
    }
    int status;
    do status = answer();
    while (status / 100 == 1);
    return status;
  }

  private int answer() throws IOException {
    var line = line();
    if (!line.startsWith("HTTP/1.") || line.length() < 12)
      throw new IOException("the answer is no HTTP/1.1");
    int status = number(line.substring(9, 12));
    boolean persistent = line.charAt(7) != '0';
    long length = -1;
    boolean chunked = false;
    int lines = 0;
    for (line = line(); !line.isEmpty(); line = line()) {
      if (++lines > MOST_LINES) throw new IOException("the answer has too many headers");
      int colon = line.indexOf(':');
      if (colon < 0) throw new IOException("the answer has a header without a colon");
      var value = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
      switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = number(value);
        case "transfer-encoding" -> chunked = value.contains("chunked");
        case "connection" -> {
          if (value.contains("close")) persistent = false;
          if (value.contains("keep-alive")) persistent = true;
        }
        default -> {}
      }
    }
    if (status / 100 == 1) return status;
    boolean ended = true;
    if (status == 204 || status == 304) length = 0;
    else if (chunked) ended = chunks();
    else if (length >= 0) ended = skip(length);
    else ended = false;
    reusable = persistent && ended;
    return status;
  }

  private static int number(String text) throws IOException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException("the answer has '" + text + "' where a number belongs", e);
    }
  }

  private boolean chunks() throws IOException {
    int total = 0;
    while (true) {
      int size;
      try {
        size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
      } catch (NumberFormatException e) {
        throw new IOException("the answer has a broken chunk", e);
      }
      total += size;
      if (size < 0 || total < 0 || total > LARGEST_ANSWER) return false;
      if (size == 0) break;
      skip(size);
      line();
    }
    while (!line().isEmpty()) {
      // Trailers say nothing we need.
    }
    return true;
  }

  /// @return false when it is more than anybody wants to read
  private boolean skip(long length) throws IOException {
    if (length > LARGEST_ANSWER) return false;
    for (long left = length; left > 0; ) {
      if (from == until) fill();
      int step = (int) Math.min(left, until - from);
      from += step;
      left -= step;
    }
    return true;
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    while (true) {
      if (from == until) fill();
      for (int i = from; i < until; i++)
        if (buffer[i] == '\n') {
          line.append(new String(buffer, from, i - from, StandardCharsets.ISO_8859_1));
          from = i + 1;
          int end = line.length();
          if (end > 0 && line.charAt(end - 1) == '\r') line.setLength(end - 1);
          return line.toString();
        }
      line.append(new String(buffer, from, until - from, StandardCharsets.ISO_8859_1));
      from = until;
      if (line.length() > LONGEST_LINE) throw new IOException("the answer has too long a line");
    }
  }

  private void fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    if (read < 0) throw new EOFException("the receiver closed the connection");
    from = 0;
    until = read;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
