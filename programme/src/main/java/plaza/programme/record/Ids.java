package plaza.programme.record;

import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import plaza.graph.Refusal;

/// Makes ids: ULIDs (time first, so that younger records sort later) or readable slugs.
public final class Ids {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param random must be unguessable in a running city
  public Ids(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  public String next(Kind kind) {
    return id(kind, ulid());
  }

  /// @throws Refusal.Invalid when the slug is not 3 to 60 letters, digits and hyphens
  public static String slug(Kind kind, String slug) {
    if (!slug.matches("[A-Za-z0-9][A-Za-z0-9-]{2,59}"))
      throw new Refusal.Invalid(
          "a slug has 3 to 60 letters, digits and hyphens, not '" + slug + "'");
    return id(kind, slug);
  }

  public static String id(Kind kind, String local) {
    return "urn:ngsi-ld:" + kind.title() + ":" + local;
  }

  /// What an id says that its record is; empty when it is no record's.
  public static Optional<Kind> kind(String id) {
    var parts = id.split(":", 4);
    return parts.length == 4 ? Kind.find(parts[2]) : Optional.empty();
  }

  /// A secret of 160 bits for someone who has no account.
  public String token() {
    var text = new StringBuilder(32);
    for (int i = 0; i < 32; i++) text.append(CROCKFORD.charAt(random.nextInt(32)));
    return text.toString();
  }

  private String ulid() {
    var text = new char[26];
    long time = clock.millis();
    for (int i = 9; i >= 0; i--) {
      text[i] = CROCKFORD.charAt((int) (time & 31));
      time >>>= 5;
    }
    for (int i = 10; i < 26; i++) text[i] = CROCKFORD.charAt(random.nextInt(32));
    return new String(text);
  }
}
