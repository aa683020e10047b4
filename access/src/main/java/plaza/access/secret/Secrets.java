package plaza.access.secret;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Random tokens and their hashes. A token has 256 random bits, so one SHA-256 hides it as well as
/// a slow hash would: there is nothing to guess.
public final class Secrets {
  private static final char[] LETTERS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  private final RandomGenerator random;

  /// @param random a `SecureRandom` outside of tests
  public Secrets(RandomGenerator random) {
    this.random = random;
  }

  /// 256 bits as 43 letters, digits, `-` and `_`.
  public String token() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// 80 bits as 16 small letters and digits; names a thing, hides nothing.
  public String name() {
    var name = new char[16];
    for (int i = 0; i < name.length; i++) name[i] = LETTERS[random.nextInt(LETTERS.length)];
    return new String(name);
  }

  /// SHA-256 in hex.
  public static String hash(String token) {
    return HexFormat.of().formatHex(digest(token));
  }

  /// Whether a token has a hash; takes as long for a wrong one.
  public static boolean matches(String token, String hash) {
    return MessageDigest.isEqual(digest(token), HexFormat.of().parseHex(hash));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// A token for one purpose, made from another that it does not give away (HMAC-SHA-256).
  public static String derived(String token, String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
