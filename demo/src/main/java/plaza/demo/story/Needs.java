package plaza.demo.story;

import java.util.List;

/// What the invented residents miss: enough for the map and the lists to live.
///
/// @param state `PUBLISHED`, or `SUBMITTED` for what still waits for a moderator
/// @param supporters how many others support it
record Needs(
    String title,
    String description,
    String language,
    String field,
    double longitude,
    double latitude,
    String state,
    int supporters) {

  /// The two that the pilot answers.
  static final List<Needs> OF_THE_PILOT =
      List.of(
          of(
              "早上找不到 YouBike",
              "平日早上七點半，內湖科技園區附近的站常常一台車都沒有。（示範用虛構需求）",
              "zh-TW",
              "TRA",
              121.5757,
              25.0795,
              7),
          of(
              "No bike left at the MRT exit in the morning",
              "On weekdays around 8 I walk from one empty station to the next in Neihu. (Invented"
                  + " for the demo.)",
              "en",
              "TRA",
              121.5945,
              25.0838,
              5));

  static final List<Needs> OTHERS =
      List.of(
          of("還車時沒有空位", "傍晚下班在捷運站旁還車，車位全滿，要再騎十分鐘。（示範用虛構需求）", "zh-TW", "TRA", 121.5436, 25.0260, 4),
          of(
              "Underpass floods when it rains hard",
              "The way to school is under water after half an hour of heavy rain. (Invented for the"
                  + " demo.)",
              "en",
              "ENV",
              121.5170,
              25.0478,
              6),
          of("夜間路口太暗", "河濱公園出口晚上看不清楚行人與自行車。（示範用虛構需求）", "zh-TW", "SEC", 121.5015, 25.0330, 3),
          of("長者日照中心名額查詢不便", "希望能在一個地方看到各中心還有沒有名額。（示範用虛構需求）", "zh-TW", "HEA", 121.5680, 25.0410, 2),
          of(
              "Air in the bus depot street",
              "Engines idle below our windows from five o'clock on. (Invented for the demo.)",
              "en",
              "ENV",
              121.5530,
              25.0010,
              1),
          of("商圈卸貨車位不足", "貨車並排停車，公車與自行車過不去。（示範用虛構需求）", "zh-TW", "ECO", 121.5080, 25.0450, 2),
          of(
              "School needs a quiet street at drop-off",
              "Eight to half past eight is dangerous for children who walk. (Invented for the"
                  + " demo.)",
              "en",
              "EDU",
              121.5250,
              25.0890,
              3),
          new Needs(
              "公園廁所地圖",
              "帶小孩出門時找不到最近的廁所。（示範用虛構需求）",
              "zh-TW",
              "GOV",
              121.5350,
              25.0300,
              "SUBMITTED",
              0));

  private static Needs of(
      String title,
      String description,
      String language,
      String field,
      double longitude,
      double latitude,
      int supporters) {
    return new Needs(
        title, description, language, field, longitude, latitude, "PUBLISHED", supporters);
  }
}
