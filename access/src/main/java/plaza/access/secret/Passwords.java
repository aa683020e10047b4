package plaza.access.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;

/// Hashes passwords with Argon2id, kept in PHC form: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. A
/// hash says itself what it cost, so costs may rise and old hashes still be checked.
public final class Passwords {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final HashCost cost;
  private final RandomGenerator random;
  // Each hash fills its memory; many at once would be a way to take the server down.
  private final Semaphore working;
  private final String nobodys;

  public Passwords(HashCost cost, RandomGenerator random) {
    this.cost = cost;
    this.random = random;
    this.working = new Semaphore(cost.atOnce(), true);
    // No password is known to have this hash; working it out would slow down every start.
    this.nobodys = phc(bytes(SALT_BYTES), bytes(HASH_BYTES));
  }

  public String hash(String password) {
    var salt = bytes(SALT_BYTES);
    return phc(salt, argon2id(password, salt, cost.memoryKib(), cost.passes(), cost.lanes()));
  }

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String phc(byte[] salt, byte[] hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(cost.memoryKib(), cost.passes(), cost.lanes(), encoded(salt), encoded(hash));
  }

  /// Whether the password is the right one.
  ///
  /// @param phc null when there is no such account, which takes as long as a wrong password
  public boolean matches(String password, @Nullable String phc) {
    var parts = parts(phc == null ? nobodys : phc);
    var expected = Base64.getDecoder().decode(parts.group(5));
    var found =
        argon2id(
            password,
            Base64.getDecoder().decode(parts.group(4)),
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    return MessageDigest.isEqual(expected, found) && phc != null;
  }

  /// Whether a hash cost something else than new ones do.
  public boolean isOutdated(String phc) {
    var parts = parts(phc);
    return Integer.parseInt(parts.group(1)) != cost.memoryKib()
        || Integer.parseInt(parts.group(2)) != cost.passes()
        || Integer.parseInt(parts.group(3)) != cost.lanes();
  }

  private static Matcher parts(String phc) {
    var parts = PHC.matcher(phc);
    if (!parts.matches()) throw new IllegalStateException("a kept password hash is damaged");
    return parts;
  }

  private byte[] argon2id(String password, byte[] salt, int memoryKib, int passes, int lanes) {
    try {
      if (!working.tryAcquire(10, TimeUnit.SECONDS))
        throw new Refusal.TooMany("too many people are signing in at this moment; try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("the sign-in was interrupted; try again");
    }
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      var hash = new byte[HASH_BYTES];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      working.release();
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
