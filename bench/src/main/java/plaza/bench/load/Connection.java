package plaza.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One kept connection. Sends prepared bytes, reads an answer, parses no more of it than it must.
public final class Connection implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] scratch = new byte[64 * 1024];

  public Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(120_000);
    out = socket.getOutputStream();
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  public static byte[] request(
      String method, String path, @Nullable String contentType, byte @Nullable [] body) {
    var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: localhost\r\n");
    if (contentType != null) head.append("Content-Type: ").append(contentType).append("\r\n");
    if (body != null) head.append("Content-Length: ").append(body.length).append("\r\n");
    var start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    if (body == null) return start;
    var whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  /// Sends and waits for the whole answer.
  ///
  /// @return its status; the body is read and thrown away
  public int exchange(byte[] request) throws IOException {
    return exchange(request, null);
  }

  public int exchange(byte[] request, java.io.@Nullable ByteArrayOutputStream body)
      throws IOException {
    out.write(request);
    out.flush();
    int status = Integer.parseInt(line().substring(9, 12));
    long length = 0;
    boolean chunked = false;
    for (var header = line(); !header.isEmpty(); header = line()) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) length = Long.parseLong(lower.substring(15).strip());
      else if (lower.startsWith("transfer-encoding:")) chunked = lower.endsWith("chunked");
    }
    if (!chunked) skip(length, body);
    else
      for (long size = chunkSize(); ; size = chunkSize()) {
        skip(size, body);
        line();
        if (size == 0) break;
      }
    return status;
  }

  private long chunkSize() throws IOException {
    return Long.parseLong(line().split(";", 2)[0].strip(), 16);
  }

  private void skip(long length, java.io.@Nullable ByteArrayOutputStream body) throws IOException {
    while (length > 0) {
      int read = in.read(scratch, 0, (int) Math.min(scratch.length, length));
      if (read < 0) throw new EOFException("the server closed in the middle of an answer");
      if (body != null) body.write(scratch, 0, read);
      length -= read;
    }
  }

  private String line() throws IOException {
    int count = 0;
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new EOFException("the server closed the connection");
      scratch[count++] = (byte) c;
    }
    if (count > 0 && scratch[count - 1] == '\r') count--;
    return new String(scratch, 0, count, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
