package plaza.links.mqtt;

import java.io.IOException;
import java.util.function.Consumer;

/// One connection to a broker, from its opening to its loss. Nobody mends it; a link opens another.
interface Connection extends AutoCloseable {

  /// What a connection tells of. Both are called on threads of the connection.
  ///
  /// @param arrived may block, which holds the broker back
  /// @param lost is told why, once
  record Listener(Consumer<Arrival> arrived, Consumer<String> lost) {}

  /// Connects, takes its session up again or begins one, and subscribes. Messages may arrive before
  /// it returns.
  void open() throws IOException, InterruptedException;

  @Override
  void close();
}
