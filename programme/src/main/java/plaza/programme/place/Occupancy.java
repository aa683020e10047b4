package plaza.programme.place;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How much of a place's capacity is taken at each moment. Pure; intervals are half open.
public record Occupancy(long capacity, List<Use> uses) {
  /// Some units of the capacity for some time.
  public record Use(Interval when, long units) {}

  /// A stretch in which the same number of units is free.
  public record Stretch(Interval when, long free) {}

  public Occupancy {
    uses = List.copyOf(uses);
  }

  /// The first moment within the period at which less is free than wanted.
  Optional<Instant> firstShortage(Interval period, long wanted) {
    return stretches(period).stream()
        .filter(stretch -> stretch.free() < wanted)
        .map(stretch -> stretch.when().from())
        .findFirst();
  }

  /// The least that is free at any moment of the period; negative when it is overbooked.
  public long leastFree(Interval period) {
    return stretches(period).stream().mapToLong(Stretch::free).min().orElse(capacity);
  }

  /// The period cut where what is free changes.
  public List<Stretch> stretches(Interval period) {
    var cuts = new ArrayList<Instant>();
    cuts.add(period.from());
    cuts.add(period.until());
    for (var use : uses) {
      if (period.contains(use.when().from())) cuts.add(use.when().from());
      if (period.contains(use.when().until())) cuts.add(use.when().until());
    }
    var sorted = cuts.stream().distinct().sorted(Comparator.naturalOrder()).toList();
    var stretches = new ArrayList<Stretch>();
    for (int i = 0; i + 1 < sorted.size(); i++) {
      var when = new Interval(sorted.get(i), sorted.get(i + 1));
      long taken =
          uses.stream().filter(use -> use.when().contains(when.from())).mapToLong(Use::units).sum();
      stretches.add(new Stretch(when, capacity - taken));
    }
    return stretches;
  }
}
