package plaza.demo;

import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.server.settings.Configuration;
import plaza.server.settings.Kind;
import plaza.server.settings.Setting;
import plaza.server.settings.Settings;

/// What the demo lets one choose beside the server's settings.
///
/// @param openData the folder of open data of all demo cities
/// @param replayFrom the last day happens again from this time on
/// @param speed how many times as fast
record DemoSettings(
    Settings server, String city, Path openData, LocalTime replayFrom, int speed, boolean story) {
  private static final Setting<String> CITY =
      new Setting<>("city", Kind.TEXT, "taipei", "which city; there is taipei");
  private static final Setting<Integer> SPEED =
      new Setting<>(
          "speed",
          Kind.whole(0, 100_000),
          "60",
          "how many times as fast as it was the last day is replayed; 0 for no replay");
  private static final Setting<Integer> REPLAY_FROM =
      new Setting<>(
          "replay-from", Kind.whole(9, 24), "9", "the hour of the last day the replay begins at");
  private static final Setting<Boolean> STORY =
      new Setting<>("story", Kind.FLAG, "true", "invent people who need, propose and pilot");
  private static final Setting<Path> OPEN_DATA =
      new Setting<>("open-data", Kind.PATH, home(), "the folder of the cities' open data");

  static List<Setting<?>> all() {
    var all = new ArrayList<Setting<?>>();
    all.addAll(List.of(CITY, SPEED, REPLAY_FROM, STORY, OPEN_DATA));
    all.addAll(Settings.all());
    return all;
  }

  private static String home() {
    return Path.of(System.getProperty("plaza.home", "."), "demo", "data").toString();
  }

  static DemoSettings of(Map<String, String> environment, List<String> arguments) {
    var defaults =
        Map.of(
            "data", "demo-data",
            "anonymous", "read-public",
            "city-name", "Taipei 臺北",
            "city-zone", "Asia/Taipei");
    var configuration = Configuration.of(all(), defaults, environment, arguments);
    var city = configuration.get(CITY);
    if (!city.equals("taipei"))
      throw new Refusal.Invalid("there is no demo city '" + city + "'; there is taipei");
    var hour = configuration.get(REPLAY_FROM);
    return new DemoSettings(
        Settings.of(configuration),
        city,
        configuration.get(OPEN_DATA),
        hour == 24 ? LocalTime.MAX : LocalTime.of(hour, 0),
        configuration.get(SPEED),
        configuration.get(STORY));
  }
}
