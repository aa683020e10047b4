package plaza.programme.invariant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What a run draws from its seed: numbers, people, records, moments.
final class Chance {
  final SmallCity city;
  final Records records;
  private final Random random;

  Chance(SmallCity city, Records records, long seed) {
    this.city = city;
    this.records = records;
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean in(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @SafeVarargs
  final <T> T one(T... all) {
    return all[random.nextInt(all.length)];
  }

  <T> Optional<T> find(Collection<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(of(new ArrayList<>(all)));
  }

  Caller anybody() {
    return of(new ArrayList<>(city.callers.values()));
  }

  Caller holder(String role) {
    return find(city.holders(role)).orElseGet(() -> city.caller(""));
  }

  Caller pmo() {
    return holder("pmo");
  }

  Optional<Caller> member(Dossier record) {
    return find(city.members(record.texts("organisation")));
  }

  String organisation(String... names) {
    return city.organisation(one(names));
  }

  Instant in(Duration least, Duration most) {
    long minutes = most.minus(least).toMinutes();
    return city.now.plus(least).plus(Duration.ofMinutes(random.nextInt((int) minutes + 1)));
  }

  Instant days(int least, int most) {
    return in(Duration.ofDays(least), Duration.ofDays(most));
  }

  Optional<Dossier> record(Kind kind, String... states) {
    return find(states.length == 0 ? records.all(kind) : records.in(kind, states));
  }
}
