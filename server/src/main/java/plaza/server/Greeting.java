package plaza.server;

/// What the one who started the server must know, on standard output. The last line is the one that
/// scripts wait for.
public final class Greeting {
  private Greeting() {}

  public static void print(City city, String url) {
    if (city.settings().isOpen())
      System.out.println(
          """
          ************************************************************************
          OPEN: anybody on this machine may read and change everything, unasked.
          For trying out only. Start without --open to have people and rights.
          ************************************************************************\
          """);
    else
      city.access()
          .setup()
          .begin()
          .ifPresent(token ->
              System.out.println(
                  "There is no administrator yet. Become the first one, within 24 hours, at\n  "
                      + url
                      + "/setup?token="
                      + token));
    System.out.println("ready " + url);
    System.out.flush();
  }
}
