package plaza.programme;

import plaza.programme.finance.RoundDesk;
import plaza.programme.lesson.LessonDesk;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Engine;
import plaza.programme.replication.OtherCities;
import plaza.programme.replication.PackageDesk;
import plaza.programme.replication.ReplicationDesk;
import plaza.programme.service.ServiceDesk;
import plaza.programme.usage.UsageMeter;

/// The desks of what becomes of a pilot that worked: money, users, other cities, and what was
/// learned.
public record Uptake(
    RoundDesk rounds,
    ServiceDesk services,
    PackageDesk packages,
    ReplicationDesk replications,
    LessonDesk lessons) {
  static Uptake of(Engine engine, GrantBinding binding, UsageMeter use, OtherCities others) {
    return new Uptake(
        new RoundDesk(engine),
        new ServiceDesk(engine, binding, use),
        new PackageDesk(engine, use),
        new ReplicationDesk(engine, others),
        new LessonDesk(engine));
  }
}
