package plaza.programme.place;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import plaza.graph.Value;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// What else could be had: the same place at the nearest other times, and its neighbours of the
/// same kind at the same time.
final class Alternatives {
  private static final int MOST_TIMES = 3;
  private static final int MOST_PLACES = 3;
  private static final int DAYS = 30;
  private static final int MOST_NEIGHBOURS = 50;

  private Alternatives() {}

  static List<Value> of(Work work, Dossier booking) {
    var found = new ArrayList<>(times(work, booking));
    found.addAll(neighbours(work, booking));
    return found;
  }

  private static List<Value> times(Work work, Dossier booking) {
    var place = Vacancy.place(work, booking);
    var wanted = Vacancy.when(booking);
    var occupancy = Vacancy.occupancy(work, place, booking.id());
    var hours = OpeningHours.of(place);
    var starts = new TreeSet<java.time.Instant>();
    var latest = wanted.from().plus(Duration.ofDays(DAYS));
    // As soon as somebody leaves, when the place opens, or at the same hour of another day.
    occupancy.uses().forEach(use -> starts.add(use.when().until()));
    hours.open(new Interval(wanted.from(), latest)).forEach(open -> starts.add(open.from()));
    var local = wanted.from().atZone(hours.zone());
    for (int day = 1; day <= DAYS; day++) starts.add(local.plusDays(day).toInstant());
    var found = new ArrayList<Value>();
    for (var start : starts.tailSet(wanted.from(), false)) {
      if (start.isAfter(latest) || found.size() == MOST_TIMES) break;
      var when = wanted.shifted(Duration.between(wanted.from(), start));
      if (occupancy.firstShortage(when, booking.count("units")).isEmpty()
          && Vacancy.hours(place, when).isEmpty()) found.add(alternative(place, when));
    }
    return found;
  }

  private static List<Value> neighbours(Work work, Dossier booking) {
    var place = Vacancy.place(work, booking);
    var within = place.findText("within");
    if (within.isEmpty()) return List.of();
    var when = Vacancy.when(booking);
    long units = booking.count("units");
    return work.list(Kind.PLACE, new Having("within", within.get())).stream()
        .filter(other -> !other.id().equals(place.id()) && !other.has("retiredAt"))
        .filter(other -> same(place.findText("kind"), other.findText("kind")))
        .limit(MOST_NEIGHBOURS)
        .filter(other -> Vacancy.hours(other, when).isEmpty())
        .filter(other ->
            Vacancy.occupancy(work, other, booking.id()).firstShortage(when, units).isEmpty())
        .limit(MOST_PLACES)
        .map(other -> alternative(other, when))
        .toList();
  }

  private static boolean same(Optional<String> one, Optional<String> other) {
    return one.equals(other);
  }

  private static Value alternative(Dossier place, Interval when) {
    var members = new LinkedHashMap<String, Value>();
    members.put("place", Value.of(place.id()));
    members.put("name", Value.of(place.text("name")));
    members.put("start", Value.of(when.from().toString()));
    members.put("end", Value.of(when.until().toString()));
    return new Value.Struct(members);
  }
}
