package plaza.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Checksums of rows, kept beside them: of the body and of what says whose it is.
final class Prints {
  private Prints() {}

  static int ofState(String id, boolean gone, byte[] body) {
    var print = new CRC32C();
    print.update(gone ? 1 : 0);
    print.update(id.getBytes(UTF_8));
    print.update(body);
    return (int) print.getValue();
  }

  static int ofHistory(String id, long event, long position, int index, byte[] body) {
    var print = new CRC32C();
    print.update(ByteBuffer.allocate(20).putLong(event).putLong(position).putInt(index).flip());
    print.update(id.getBytes(UTF_8));
    print.update(body);
    return (int) print.getValue();
  }

  static int ofFeed(long position, byte[] body) {
    var print = new CRC32C();
    print.update(ByteBuffer.allocate(8).putLong(position).flip());
    print.update(body);
    return (int) print.getValue();
  }
}
