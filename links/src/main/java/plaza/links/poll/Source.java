package plaza.links.poll;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Where a table comes from.
interface Source extends AutoCloseable {
  /// The table as it is now; empty when it is as it was at the time of the notes.
  ///
  /// @param notes what the source noted last
  Optional<Table> fetch(Map<String, String> notes) throws IOException, InterruptedException;

  @Override
  void close();

  /// @param bytes unpacked
  /// @param notes to recognise it by next time
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Table(byte[] bytes, Map<String, String> notes) {}
}
