package plaza.server.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import plaza.graph.Refusal;
import plaza.ledger.store.StoreFailure;

/// The server's ear for commands of the same machine. One command today: a backup.
///
/// Not a route of the site, so that no proxy in front can ever pass it on to the outside.
public final class Control implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Control.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path data;
  private final Backup backup;
  private final ServerSocket ear;
  private final Note note;

  /// Copies the data folder to another one.
  @FunctionalInterface
  public interface Backup {
    /// @throws StoreFailure or a refusal, saying why not
    void to(Path folder);
  }

  /// Begins to listen.
  public Control(Path data, SecureRandom random, Backup backup) {
    this.data = data;
    this.backup = backup;
    var token = new byte[32];
    random.nextBytes(token);
    try {
      ear = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
      note = new Note(ear.getLocalPort(), HexFormat.of().formatHex(token));
      note.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException("writing the file control to " + data, e);
    }
    Thread.ofVirtual().name("control").start(this::listen);
  }

  /// Asks the server of a data folder for a backup.
  ///
  /// @return false when no server runs there
  /// @throws StoreFailure when the server could not
  public static boolean ask(Path data, Path target) {
    try {
      var found = Note.find(data);
      if (found.isEmpty()) return false;
      try (var socket = new Socket()) {
        if (!reach(socket, found.get())) return false;
        socket
            .getOutputStream()
            .write(
                (found.get().token() + "\nbackup\n" + target.toAbsolutePath().normalize() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        var answer = Optional.ofNullable(reader(socket).readLine()).orElse("it hung up");
        if (!answer.equals("done")) throw new StoreFailure(answer);
        return true;
      }
    } catch (IOException e) {
      throw new StoreFailure("asking the running server", e);
    }
  }

  /// A note of a server that was killed leads nowhere.
  private static boolean reach(Socket socket, Note found) {
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), found.port()),
          (int) PATIENCE.toMillis());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void listen() {
    while (!ear.isClosed())
      try {
        var socket = ear.accept();
        Thread.ofVirtual().name("command").start(() -> serve(socket));
      } catch (SocketException _) {
        return; // closed
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "A command could not be heard", e);
      }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      var lines = reader(socket);
      var token = String.valueOf(lines.readLine());
      var answer =
          isOurs(token)
              ? answer(String.valueOf(lines.readLine()), String.valueOf(lines.readLine()))
              : "this is not the token in the file control";
      socket.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "A command broke off: {0}", e.getMessage());
    }
  }

  private boolean isOurs(String token) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), note.token().getBytes(StandardCharsets.UTF_8));
  }

  private String answer(String command, String folder) {
    if (!command.equals("backup")) return "there is no command '" + command + "'";
    try {
      backup.to(Path.of(folder));
      LOG.log(System.Logger.Level.INFO, "A backup was written to {0}", folder);
      return "done";
    } catch (StoreFailure | Refusal | UncheckedIOException e) {
      LOG.log(System.Logger.Level.ERROR, "The backup to " + folder + " failed", e);
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("it failed");
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      ear.close();
      if (Note.find(data).filter(note::equals).isPresent())
        Files.deleteIfExists(data.resolve(Note.FILE));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The file control stays behind: {0}", e.getMessage());
    }
  }
}
