package plaza.server;

import java.util.List;
import java.util.Map;
import plaza.server.settings.Configuration;
import plaza.server.settings.Settings;

/// `plaza run`: the server, for production.
final class RunCommand {
  private RunCommand() {}

  static void run(List<String> arguments) {
    var settings =
        Settings.of(Configuration.of(Settings.all(), Map.of(), System.getenv(), arguments));
    Logs.install(settings);
    City.requireFreePort(settings);
    var city = new City(settings);
    try {
      var url = city.serve();
      Greeting.print(city, url);
      Stop.await(city);
    } catch (RuntimeException e) {
      city.close();
      throw e;
    }
  }
}
