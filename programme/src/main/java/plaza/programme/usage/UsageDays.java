package plaza.programme.usage;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.store.Note;
import plaza.programme.figures.Retention;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Closes days and cohorts: when a day is over its count becomes a UsageDay, when the last of a
/// month's new users has had their day 96 the month becomes a CohortCell. Each once; it remembers
/// nothing but what it wrote, so that a restart neither repeats nor skips.
public final class UsageDays {
  /// Who was not seen for so long is forgotten.
  private static final int REMEMBERED_DAYS = 400;

  private final Engine engine;
  private final UsageMeter meter;

  public UsageDays(Engine engine, UsageMeter meter) {
    this.engine = engine;
    this.meter = meter;
  }

  /// Closes what is over of every service in a tenant. Cheap when nothing is.
  public void close(Address address) {
    meter.flush();
    var today = meter.today();
    for (var state : List.of("LIVE", "RENEWAL_DUE", "SUSPENDED", "SUNSETTING"))
      for (var service :
          engine.dossiers().list(address, Kind.SERVICE, List.of(new Having("state", state))))
        if (!service.texts("usageClosedUntil").contains(today.toString()))
          close(address, service, today);
  }

  private void close(Address address, Dossier metered, LocalDate today) {
    var service = metered.id();
    if (metered.flag("usageMeter") && !meter.isOn(address, service)) meter.turnOn(address, service);
    var book = meter.book(address, service);
    var days = book.days().stream().filter(day -> day.isBefore(today)).toList();
    var months = months(book, today);
    engine.run(
        Caller.plaza(address, "clock"),
        work -> {
          var record = work.get(Kind.SERVICE, service);
          for (var day : days) day(work, record, day, book.counted(day));
          months.forEach((month, counts) -> cohort(work, record, month, counts));
          var closed = record.with("usageClosedUntil", today.toString());
          work.save(closed);
          return closed;
        });
    forgetLost(book, today);
  }

  private static void day(Work work, Dossier service, LocalDate day, long users) {
    var id = Ids.id(Kind.USAGE_DAY, local(service) + "-" + day);
    if (work.find(Kind.USAGE_DAY, id).isPresent()) return;
    var fields = new LinkedHashMap<String, Value>();
    fields.put("service", Value.of(service.id()));
    fields.put("day", Value.of(day.toString()));
    fields.put("users", Use.shown(users));
    fields.put("suppressed", Value.of(users < Retention.SMALLEST_COHORT));
    fields.put("counted", Value.of(users));
    work.save(Dossier.of(Kind.USAGE_DAY, id, Dossier.KEPT, fields));
  }

  private static void cohort(Work work, Dossier service, YearMonth month, long[] counts) {
    var id = Ids.id(Kind.COHORT_CELL, local(service) + "-" + month);
    if (work.find(Kind.COHORT_CELL, id).isPresent()) return;
    var cohort = new Retention.Cohort(month.toString(), counts[0], counts[1]);
    var fields = new LinkedHashMap<String, Value>();
    fields.put("service", Value.of(service.id()));
    fields.put("cohort", Value.of(cohort.name()));
    var value = cohort.value();
    if (value != null) {
      fields.put("members", Value.of(cohort.members()));
      // Few who stayed of many are few people all the same (I14).
      fields.put("active", Use.shown(cohort.active()));
      fields.put("retention", Value.of(value.doubleValue()));
    }
    fields.put("suppressed", Value.of(!cohort.isShown()));
    fields.put(
        "counted",
        new Value.Struct(
            Map.of("members", Value.of(cohort.members()), "active", Value.of(cohort.active()))));
    work.save(Dossier.of(Kind.COHORT_CELL, id, Dossier.KEPT, fields));
  }

  /// Months of first use of which every user's days 90 to 96 are over: members and those who
  /// stayed.
  private static Map<YearMonth, long[]> months(UsageBook book, LocalDate today) {
    var months = new TreeMap<YearMonth, long[]>();
    book.eachUser(note -> {
      var user = UsageMeter.days(note);
      var month = YearMonth.from(user.first());
      if (!month.atEndOfMonth().plusDays(Retention.LAST_DAY).isBefore(today)) return;
      var counts = months.computeIfAbsent(month, _ -> new long[2]);
      counts[0]++;
      if (user.stayed()) counts[1]++;
    });
    return months;
  }

  private static void forgetLost(UsageBook book, LocalDate today) {
    var lost = new ArrayList<Note>();
    book.eachUser(note -> {
      if (UsageMeter.days(note).last().plusDays(REMEMBERED_DAYS).isBefore(today))
        lost.add(book.forgottenUser(book.hash(note)));
    });
    book.keep(lost);
  }

  private static String local(Dossier service) {
    return service.id().substring(service.id().lastIndexOf(':') + 1);
  }
}
