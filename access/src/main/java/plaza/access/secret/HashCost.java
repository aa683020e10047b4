package plaza.access.secret;

/// What one Argon2id hash costs (RFC 9106 §4).
///
/// The default is OWASP's recommendation for servers that share their memory: 19 MiB, two passes,
/// one lane. RFC 9106's own for little memory is 64 MiB, three passes, four lanes.
///
/// @param atOnce how many are worked out at the same time; others wait
public record HashCost(int memoryKib, int passes, int lanes, int atOnce) {
  public static final HashCost DEFAULT = new HashCost(19_456, 2, 1, 2);

  /// For tests only.
  public static final HashCost CHEAP = new HashCost(64, 1, 1, 2);

  public HashCost {
    if (lanes < 1 || passes < 1 || atOnce < 1 || memoryKib < 8 * lanes)
      throw new IllegalArgumentException(
          "Argon2id needs at least one lane, one pass and 8 KiB per lane, not "
              + lanes
              + ", "
              + passes
              + " and "
              + memoryKib
              + " KiB");
  }
}
