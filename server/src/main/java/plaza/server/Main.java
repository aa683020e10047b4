package plaza.server;

import java.util.List;
import plaza.graph.Refusal;
import plaza.ledger.store.StoreFailure;

/// The commands of the launcher.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    var words = List.of(arguments);
    var command = words.isEmpty() ? "help" : words.getFirst();
    System.exit(run(command, words.isEmpty() ? words : words.subList(1, words.size())));
  }

  /// @return the exit code: 0 done, 1 failed, 2 asked wrongly
  static int run(String command, List<String> arguments) {
    try {
      if (arguments.contains("--help") || arguments.contains("-h")) return Help.show(command);
      switch (command) {
        case "run" -> RunCommand.run(arguments);
        case "config" -> KeepCommands.config(arguments);
        case "backup" -> KeepCommands.backup(arguments);
        case "restore" -> KeepCommands.restore(arguments);
        case "verify" -> {
          return KeepCommands.verify(arguments);
        }
        case "version", "--version" -> System.out.println(Help.version());
        case "help", "--help", "-h" -> Help.show("help");
        default -> {
          Help.show("help");
          System.err.println("plaza: there is no command '" + command + "'");
          return 2;
        }
      }
      return 0;
    } catch (Refusal refusal) {
      System.err.println("plaza: " + refusal.getMessage());
      return 2;
    } catch (StoreFailure | StartFailure failure) {
      System.err.println("plaza: " + failure.getMessage());
      return 1;
    }
  }
}
