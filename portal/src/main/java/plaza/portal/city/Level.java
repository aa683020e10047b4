package plaza.portal.city;

/// How a station stands, in the words of the legend.
public enum Level {
  /// No bike to rent.
  EMPTY("empty", "No bikes"),
  /// One or two bikes.
  FEW("few", "1–2 bikes"),
  OK("ok", "Bikes and docks"),
  /// No dock to return to.
  FULL("full", "No free docks"),
  /// No reading that still holds.
  UNKNOWN("unknown", "No recent reading");

  private static final int FEW_BIKES = 2;
  private final String code;
  private final String words;

  Level(String code, String words) {
    this.code = code;
    this.words = words;
  }

  public String code() {
    return code;
  }

  public String words() {
    return words;
  }

  /// @param bikes -1 when unknown
  /// @param free docks, -1 when unknown
  public static Level of(int bikes, int free) {
    if (bikes < 0) return UNKNOWN;
    if (bikes == 0) return EMPTY;
    if (free == 0) return FULL;
    return bikes <= FEW_BIKES ? FEW : OK;
  }
}
