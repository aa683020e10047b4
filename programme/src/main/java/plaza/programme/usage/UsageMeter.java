package plaza.programme.usage;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;

/// Counts the users of services. Seeing one costs a hash and a look into memory; what was seen is
/// written down with [#flush], every few seconds and at the end. A crash loses those seconds, not
/// more: a user who comes back the same day is counted then.
///
/// Days are days in UTC. All methods may be called by any thread.
public final class UsageMeter {
  /// More pseudonyms of one service are not told apart on one day.
  static final int MOST_USERS_A_DAY = 1_000_000;

  private static final int MOST_SERVICES = 10_000;
  private static final long SLOW_NANOS = 50_000_000;
  private static final int AGAIN_AFTER = 20;
  private static final int MONTH = 28;
  private static final int LONGEST_PSEUDONYM = 200;
  private static final int SECRET_BYTES = 32;
  private static final int HASH_BYTES = 16;
  private final Notebook notebook;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<Metered, Today> all = new ConcurrentHashMap<>();

  private final Map<Metered, Counted> counted = new ConcurrentHashMap<>();

  /// @param took nanoseconds that counting took
  private record Counted(Use use, LocalDate day, long at, long took) {
    boolean isFresh(LocalDate today, long now) {
      return day.equals(today) && now - at < AGAIN_AFTER * took;
    }
  }

  private record Metered(String tenant, String service) {}

  /// What was seen of one service today.
  ///
  /// @param secret null when its meter is off
  @SuppressWarnings("ArrayRecordComponent") // a secret, never compared
  private record Today(
      byte @Nullable [] secret, LocalDate day, Set<String> seen, Set<String> unwritten) {}

  /// @param random must be unguessable in a running city
  public UsageMeter(Notebook notebook, InstantSource clock, RandomGenerator random) {
    this.notebook = notebook;
    this.clock = clock;
    this.random = random;
  }

  /// Turns a service's meter on: from now on its users are told apart.
  public void turnOn(Address address, String service) {
    var book = book(address, service);
    if (book.secret().isEmpty()) {
      var secret = new byte[SECRET_BYTES];
      random.nextBytes(secret);
      book.keepSecret(secret);
      all.remove(new Metered(address.tenant(), service));
    }
  }

  public boolean isOn(Address address, String service) {
    return book(address, service).secret().isPresent();
  }

  /// Somebody used a service now. Of a service without a meter nothing is kept.
  ///
  /// @param pseudonym what tells users of this service apart; of the service's choosing, so that it
  ///   need not say who they are
  public void saw(Address address, String service, String pseudonym) {
    if (pseudonym.isBlank() || pseudonym.length() > LONGEST_PSEUDONYM)
      throw new Refusal.Invalid(
          "a service's user is a pseudonym of 1 to " + LONGEST_PSEUDONYM + " characters");
    var metered = new Metered(address.tenant(), service);
    var day = today();
    if (all.size() > MOST_SERVICES) dropUnmetered();
    var now =
        all.compute(
            metered,
            (_, known) ->
                known != null && known.day.equals(day) ? known : next(metered, known, day));
    var secret = now.secret;
    if (secret == null || now.seen.size() >= MOST_USERS_A_DAY) return;
    var hash = hash(secret, pseudonym.strip());
    if (now.seen.add(hash)) now.unwritten.add(hash);
  }

  /// Anybody may name services that do not exist; they must not fill the memory.
  private void dropUnmetered() {
    all.values().removeIf(today -> today.secret == null);
  }

  private Today next(Metered metered, @Nullable Today known, LocalDate day) {
    if (known != null) write(metered, known);
    var book = book(metered);
    return new Today(
        known != null && known.secret != null ? known.secret : book.secret().orElse(null),
        day,
        ConcurrentHashMap.newKeySet(),
        ConcurrentHashMap.newKeySet());
  }

  /// Writes down what was seen since the last time.
  public void flush() {
    for (var metered : Set.copyOf(all.keySet()))
      all.computeIfPresent(
          metered,
          (_, today) -> {
            write(metered, today);
            return today;
          });
  }

  private void write(Metered metered, Today today) {
    if (today.unwritten.isEmpty()) return;
    var hashes = new HashSet<>(today.unwritten);
    var book = book(metered);
    var notes = new ArrayList<Note>();
    long counted = book.counted(today.day);
    for (var hash : hashes) {
      var known = book.user(hash);
      // Seen before a restart, on this very day: counted already.
      if (known.isPresent() && !known.get().last().isBefore(today.day)) continue;
      counted++;
      notes.add(
          book.userNote(
              hash, known.map(k -> k.and(today.day)).orElseGet(() -> UserDays.on(today.day))));
    }
    if (!notes.isEmpty()) {
      notes.add(book.dayNote(today.day, counted));
      book.keep(notes);
    }
    today.unwritten.removeAll(hashes);
  }

  /// How a service is used now. What takes long to count is counted again only when twenty times as
  /// long has passed, so that nobody can keep Plaza busy with asking.
  public Use use(Address address, String service) {
    flush();
    var today = today();
    var metered = new Metered(address.tenant(), service);
    var known = counted.get(metered);
    long now = System.nanoTime();
    if (known != null && known.isFresh(today, now)) return known.use;
    var use = count(address, service, today);
    long took = System.nanoTime() - now;
    if (took >= SLOW_NANOS) counted.put(metered, new Counted(use, today, now, took));
    return use;
  }

  private Use count(Address address, String service, LocalDate today) {
    var since = today.minusDays(MONTH - 1);
    var counts = new long[3];
    book(address, service)
        .eachUser(note -> {
          var user = days(note);
          if (!user.last().isBefore(since)) counts[0]++;
          if (!user.isComplete(today)) return;
          counts[1]++;
          if (user.stayed()) counts[2]++;
        });
    return new Use(counts[0], counts[1], counts[2]);
  }

  /// Forgets what tells users apart. Counts of days stay.
  public void forget(Address address, String service) {
    flush();
    var metered = new Metered(address.tenant(), service);
    all.remove(metered);
    counted.remove(metered);
    book(metered).forgetUsers();
  }

  UsageBook book(Address address, String service) {
    return new UsageBook(notebook, address, service);
  }

  private UsageBook book(Metered metered) {
    return book(Address.tenant(metered.tenant), metered.service);
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  static UserDays days(Note user) {
    var value = user.value();
    if (value == null) throw new IllegalStateException(user.key() + " has no value");
    return UserDays.of(value);
  }

  /// Cannot be undone or compared with another service's without the secret.
  private static String hash(byte[] secret, String pseudonym) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      var whole = mac.doFinal(pseudonym.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
