package plaza.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/// The entities of the load: stations of about 800 bytes, spread over a city.
final class Subjects {
  static final String TYPE = "BenchStation";
  private static final double WEST = 121.45;
  private static final double SOUTH = 24.96;

  private Subjects() {}

  static String id(long number) {
    return "urn:ngsi-ld:" + TYPE + ":" + number;
  }

  static byte[] entity(long number) {
    return text(number).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] batch(long first, int size) {
    var all = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      if (i > 0) all.append(',');
      all.append(text(first + i));
    }
    return all.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  static double longitude(long number) {
    return WEST + new SplittableRandom(number).nextDouble() * 0.2;
  }

  static double latitude(long number) {
    return SOUTH + new SplittableRandom(number + 1_000_003).nextDouble() * 0.2;
  }

  static byte[] patch(long round) {
    return String.format(
            Locale.ROOT,
            "{\"value\":%d,\"observedAt\":\"2026-06-01T%02d:%02d:%02d.%03dZ\"}",
            round % 40,
            round / 3_600_000 % 24,
            round / 60_000 % 60,
            round / 1_000 % 60,
            round % 1_000)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(long n) {
    return String.format(
        Locale.ROOT,
        """
        {"id":"%s","type":"%s",\
        "name":{"type":"Property","value":"Station %d by the river"},\
        "location":{"type":"GeoProperty","value":{"type":"Point","coordinates":[%.6f,%.6f]}},\
        "address":{"type":"Property","value":{"streetAddress":"%d Zhongxiao East Road",\
        "addressLocality":"Xinyi","addressRegion":"Taipei","postalCode":"110"}},\
        "availableBikeNumber":{"type":"Property","value":%d,\
        "observedAt":"2026-05-01T08:00:00Z"},\
        "freeSlotNumber":{"type":"Property","value":%d,"observedAt":"2026-05-01T08:00:00Z"},\
        "totalSlotNumber":{"type":"Property","value":40,"observedAt":"2026-05-01T08:00:00Z"},\
        "temperature":{"type":"Property","value":%.2f,"unitCode":"CEL",\
        "observedAt":"2026-05-01T08:00:00Z"},\
        "status":{"type":"Property","value":"working"}}\
        """,
        id(n),
        TYPE,
        n,
        longitude(n),
        latitude(n),
        n % 400,
        n % 40,
        40 - n % 40,
        15 + n % 1_700 / 100.0);
  }
}
