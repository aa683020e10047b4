package plaza.bench.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What people write in their needs, in four languages: plain words, some of them rarer than
/// others, and streets that are invented, so that texts are as different as those of a city.
public final class Words {
  private static final List<String> SYLLABLES =
      List.of(
          "ba", "chen", "da", "fu", "gong", "hai", "jing", "kang", "lin", "ming", "nan", "ping",
          "qing", "ren", "shi", "tong", "wan", "xin", "yong", "zhong", "an", "bei", "de", "guang",
          "he", "jian", "le", "mei", "ning", "pu", "ru", "song", "tai", "wei", "xiao", "yuan");

  private static final List<String> ENGLISH =
      List.of(
              "light crossing bench tree shade bus stop bicycle lane kerb ramp lift toilet fountain"
                  .split(" "),
              "noise flood drain rubbish bin smell dust air sensor clinic queue school gate playground"
                  .split(" "),
              "library hours form counter translation sign map accessible elderly children night rain"
                  .split(" "),
              "parking scooter charging station market stall roof leak energy bill heating insulation"
                  .split(" "),
              "park dog fence river path bridge tunnel traffic signal timing speed camera safety patrol"
                  .split(" "))
          .stream()
          .flatMap(java.util.Arrays::stream)
          .toList();

  private static final List<String> SPANISH =
      List.of(
          ("farola cruce banco árbol sombra parada autobús carril bici bordillo rampa ascensor"
                  + " fuente ruido inundación desagüe basura papelera olor polvo aire clínica cola"
                  + " escuela patio biblioteca horario ventanilla traducción señal mapa accesible"
                  + " mayores niños noche lluvia aparcamiento carga mercado puesto tejado gotera"
                  + " energía factura parque perro valla río sendero puente túnel tráfico semáforo")
              .split(" "));

  private static final List<String> CHINESE =
      List.of(
          ("路燈 斑馬線 長椅 行道樹 遮蔭 公車站 自行車道 路緣 坡道 電梯 公廁 飲水機 噪音 淹水 排水溝 垃圾桶 臭味 灰塵"
                  + " 空氣 診所 排隊 學校 遊戲場 圖書館 開放時間 櫃檯 翻譯 標示 地圖 無障礙 長者 兒童 夜間 下雨 停車"
                  + " 機車 充電站 市場 攤販 屋頂 漏水 電費 公園 遛狗 圍欄 河濱 步道 橋梁 隧道 交通 號誌 測速 安全 巡邏")
              .split(" "));

  private static final List<String> JAPANESE =
      List.of(
          ("街灯 横断歩道 ベンチ 街路樹 日陰 バス停 自転車道 段差 スロープ エレベーター トイレ 騒音 浸水 排水溝 ゴミ箱"
                  + " におい ほこり 空気 診療所 待ち時間 学校 遊び場 図書館 開館時間 窓口 通訳 案内板 地図 高齢者 子ども"
                  + " 夜 雨 駐車場 充電 市場 屋根 雨漏り 電気代 公園 犬 柵 川沿い 歩道 橋 トンネル 交通 信号 安全")
              .split(" "));

  private static final List<String> FILLING =
      List.of(
          ("we need a better near the at of for every evening since last year please fix more and"
                  + " there is no between it takes too long to many people wait here")
              .split(" "));

  private static final int STREETS = 3_000;

  private Words() {}

  /// Of the needs of the world, by share: Chinese, English, Japanese, Spanish.
  public static String language(RandomGenerator random) {
    double share = random.nextDouble();
    return share < 0.6 ? "zh-TW" : share < 0.85 ? "en" : share < 0.93 ? "ja" : "es";
  }

  public static String title(String language, RandomGenerator random) {
    return text(language, random, 3 + random.nextInt(4));
  }

  /// A sentence or a few.
  public static String text(String language, RandomGenerator random, int words) {
    var text = new ArrayList<String>();
    var known = words(language);
    for (int i = 0; i < words; i++) {
      // Squared, so that the first words are said often and the last ones seldom.
      double rank = random.nextDouble();
      text.add(known.get((int) (known.size() * rank * rank)));
      if (i % 3 == 1 && !isDense(language)) text.add(FILLING.get(random.nextInt(FILLING.size())));
      if (i % 5 == 2) text.add(street(language, random));
    }
    return String.join(isDense(language) ? "，" : " ", text);
  }

  /// One of the city's streets, and a number in it.
  public static String street(String language, RandomGenerator random) {
    var street = new SplittableRandom(random.nextInt(STREETS));
    int number = 1 + random.nextInt(300);
    if (isDense(language))
      return new StringBuilder()
          .appendCodePoint(0x4E00 + street.nextInt(2_500))
          .appendCodePoint(0x4E00 + street.nextInt(2_500))
          .append("路")
          .append(number)
          .append("號")
          .toString();
    var name = syllable(street) + syllable(street) + syllable(street);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + " Road " + number;
  }

  private static String syllable(RandomGenerator random) {
    return SYLLABLES.get(random.nextInt(SYLLABLES.size()));
  }

  private static boolean isDense(String language) {
    return language.equals("zh-TW") || language.equals("ja");
  }

  private static List<String> words(String language) {
    return switch (language) {
      case "zh-TW" -> CHINESE;
      case "ja" -> JAPANESE;
      case "es" -> SPANISH;
      default -> ENGLISH;
    };
  }
}
