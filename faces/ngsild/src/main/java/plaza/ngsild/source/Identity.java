package plaza.ngsild.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// Who this server is among context sources (clauses 5.2.40, 5.15.1): a name of its own for each
/// tenant, the same after every start, by which requests that come back to it are known.
///
/// The names tell nothing of tenants: they travel in `Via` with every request that goes on.
public final class Identity {
  private static final String KEY = "installation";
  private static final int ALIAS_BYTES = 8;

  private final Notebook notebook;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Instant since;
  private byte @Nullable [] installation;

  /// @param random a `SecureRandom` outside of tests
  public Identity(Notebook notebook, InstantSource clock, RandomGenerator random) {
    this.notebook = notebook;
    this.random = random;
    this.clock = clock;
    this.since = clock.instant();
  }

  /// Who this server is; settled when somebody first asks.
  private synchronized byte[] installation() {
    var known = installation;
    if (known == null) {
      known = notebook.find(KEY).orElseGet(this::settled);
      installation = known;
    }
    return known;
  }

  private byte[] settled() {
    var fresh = new byte[16];
    random.nextBytes(fresh);
    notebook.keep(Actor.SYSTEM, Address.SYSTEM, List.of(new Note(KEY, fresh)));
    return fresh;
  }

  /// The pseudonym for `Via` (RFC 7230) of this server and tenant.
  public String alias(String tenant) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(installation());
      var bytes = digest.digest(tenant.getBytes(StandardCharsets.UTF_8));
      return "plaza-" + HexFormat.of().formatHex(bytes, 0, ALIAS_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public Value.Struct show(String tenant) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var alias = alias(tenant);
    var members = new LinkedHashMap<String, Value>();
    members.put("id", Value.of("urn:ngsi-ld:ContextSourceIdentity:" + alias));
    members.put("type", Value.of("ContextSourceIdentity"));
    members.put("contextSourceAlias", Value.of(alias));
    members.put(
        "contextSourceUptime",
        Value.of(Duration.between(since, now).truncatedTo(ChronoUnit.SECONDS).toString()));
    members.put("contextSourceTimeAt", Value.of(now.toString()));
    return new Value.Struct(members);
  }
}
