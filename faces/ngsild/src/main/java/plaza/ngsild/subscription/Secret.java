package plaza.ngsild.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import plaza.graph.Address;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// Seals the addresses that sources send notifications to, so that nobody else can.
final class Secret {
  private static final String KEY = "secret";
  private static final int SEAL_LETTERS = 32;

  private final byte[] key;

  /// Finds the server's secret, or, the first time, makes it.
  Secret(Notebook notebook, RandomGenerator random) {
    this.key =
        notebook
            .find(KEY)
            .orElseGet(() -> {
              var fresh = new byte[32];
              random.nextBytes(fresh);
              notebook.keep(Actor.SYSTEM, Address.DEFAULT, List.of(new Note(KEY, fresh)));
              return fresh;
            });
  }

  String seal(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8))).substring(0, SEAL_LETTERS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  boolean isSeal(String seal, String text) {
    return MessageDigest.isEqual(seal.getBytes(UTF_8), seal(text).getBytes(UTF_8));
  }
}
