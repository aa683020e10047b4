package plaza.server;

import plaza.server.settings.Settings;

/// What `--help` says.
final class Help {
  private static final String COMMANDS =
      """
      Plaza, a city's innovation platform.

        run [flags]              the server, for production
        config [flags]           the configuration in force, and where each value comes from
        backup FOLDER [flags]    copy the data folder, also of a running server
        restore FOLDER [flags]   bring a backup back as an empty or absent data folder
        verify [flags]           check every checksum and the audit chain
        version                  what this is
      """;

  private Help() {}

  static int show(String command) {
    System.out.print(COMMANDS);
    if (!command.equals("help")) {
      System.out.println("\nFlags, also as PLAZA_… in the environment and in plaza.yaml:\n");
      System.out.println("  --config                       the file to read (plaza.yaml)");
      for (var setting : Settings.all())
        System.out.printf(
            "  %-30s %s (%s)%n",
            setting.flag(),
            setting.sentence(),
            setting.standard().isEmpty() ? "none" : setting.standard());
    }
    return 0;
  }

  static String version() {
    return "Plaza " + number() + ", Java " + Runtime.version();
  }

  /// Of the jar; a working copy has none.
  static String number() {
    var number = Help.class.getPackage().getImplementationVersion();
    return number == null ? "0-working-copy" : number;
  }
}
