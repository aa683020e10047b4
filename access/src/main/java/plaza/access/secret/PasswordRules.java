package plaza.access.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import plaza.graph.Refusal;

/// Which passwords are good enough (NIST SP 800-63B §5.1.1.2): long, not the name, not one that
/// everybody tries first. Nothing about digits and signs: such rules make passwords worse.
public final class PasswordRules {
  public static final int MIN_LENGTH = 12;
  public static final int MAX_LENGTH = 256;

  private static final Set<String> BREACHED = breached();

  private PasswordRules() {}

  /// @throws Refusal.Invalid saying what is wrong, never the password itself
  public static void check(String password, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH)
      throw new Refusal.Invalid(
          "a password must have at least " + MIN_LENGTH + " characters, not " + length);
    if (length > MAX_LENGTH)
      throw new Refusal.Invalid(
          "a password must have at most " + MAX_LENGTH + " characters, not " + length);
    var plain = password.toLowerCase(Locale.ROOT);
    if (plain.equals(name.toLowerCase(Locale.ROOT)))
      throw new Refusal.Invalid("a password must not be the name one signs in with");
    if (BREACHED.contains(plain) || plain.chars().distinct().count() <= 2)
      throw new Refusal.Invalid(
          "this password is among the first that attackers try; take one that only you would think"
              + " of, such as four words that do not belong together");
  }

  private static Set<String> breached() {
    try (var list = PasswordRules.class.getResourceAsStream("breached-passwords.txt")) {
      return new String(
              Objects.requireNonNull(list, "breached-passwords.txt").readAllBytes(),
              StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("breached-passwords.txt", e);
    }
  }
}
