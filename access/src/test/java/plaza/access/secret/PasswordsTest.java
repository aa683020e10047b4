package plaza.access.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Refusal;

class PasswordsTest {
  private final Passwords passwords = new Passwords(HashCost.CHEAP, new Random(1));

  @Test
  void onlyTheSamePasswordMatches() {
    var hash = passwords.hash("four words or so");

    assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(passwords.matches("four words or so", hash)).isTrue();
    assertThat(passwords.matches("four words or sO", hash)).isFalse();
    assertThat(passwords.matches("", hash)).isFalse();
  }

  @Test
  void itReadsWhatOtherArgon2idProgramsWrite() {
    // From the test vectors of the reference implementation, phc-winner-argon2/src/test.c:
    // password "password", salt "somesalt", t=2, m=2^16 KiB, p=1, version 0x13.
    var theirs =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(passwords.matches("password", theirs)).isTrue();
    assertThat(passwords.matches("passwort", theirs)).isFalse();
  }

  @Test
  void aHashOfAnotherCostIsOutdated() {
    var dearer = new Passwords(new HashCost(128, 1, 1, 1), new Random(1));

    var hash = passwords.hash("four words or so");

    assertThat(passwords.isOutdated(hash)).isFalse();
    assertThat(dearer.isOutdated(hash)).isTrue();
    assertThat(dearer.matches("four words or so", hash)).isTrue();
  }

  @Test
  void nobodysPasswordIsNeverRight() {
    assertThat(passwords.matches("", null)).isFalse();
    assertThat(passwords.matches("four words or so", null)).isFalse();
  }

  @Test
  void anUnknownNameTakesAsLongAsAWrongPassword() {
    // At a cost where the hash is nearly all there is to it.
    var dear = new Passwords(new HashCost(8_192, 1, 1, 1), new Random(1));
    var hash = dear.hash("four words or so");
    // By turns and the best of each, so that neither a warmer compiler nor a busy machine decides.
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    for (int i = 0; i < 25; i++) {
      known = Math.min(known, nanos(dear, hash));
      unknown = Math.min(unknown, nanos(dear, null));
    }

    assertThat((double) unknown / known).isBetween(0.5, 2.0);
  }

  private static long nanos(Passwords passwords, String hash) {
    long begin = System.nanoTime();
    assertThat(passwords.matches("not the password", hash)).isFalse();
    return System.nanoTime() - begin;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "elevenchars", "password1234", "PassWord1234", "aaaaaaaaaaaa", "abababababab"})
  void aPasswordThatAnybodyWouldTryIsRefused(String password) {
    assertThatThrownBy(() -> PasswordRules.check(password, "mei"))
        .isInstanceOf(Refusal.Invalid.class)
        .satisfies(refusal -> {
          if (!password.isEmpty()) assertThat(refusal.getMessage()).doesNotContain(password);
        });
  }

  @Test
  void theNameIsNoPassword() {
    assertThatThrownBy(() -> PasswordRules.check("Mei.Chen@taipei", "mei.chen@taipei"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("must not be the name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"four words or so", "Überraschung!", "捷運站前的自行車都到哪裡去了"})
  void aLongPasswordOfAnyLettersIsTaken(String password) {
    assertThatCode(() -> PasswordRules.check(password, "mei")).doesNotThrowAnyException();
  }
}
