package plaza.bench.world;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Functions;
import plaza.programme.procedure.Procedures;
import plaza.programme.procedure.Roles;
import plaza.programme.procedure.Work;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Writes records through the programme's engine, many with one write: what a desk would write, and
/// the links of the audit chain with it, but no guard is asked.
final class Desk {
  private static final int RECORDS_PER_WRITE = 800;
  private final Engine engine;
  private final List<Done> waiting = new ArrayList<>();
  final SplittableRandom random;
  final Ids ids;
  Instant now = Instant.parse("2023-01-02T08:00:00Z");
  private long written;

  /// Something a command does.
  interface Done {
    void in(Work work);
  }

  Desk(Ledger ledger, Reader reader, Roles roles, InstantSource clock, SplittableRandom random) {
    this.random = random;
    this.ids = new Ids(clock, random);
    this.engine =
        new Engine(
            Procedures.parse(Value.Struct.EMPTY),
            new Functions(),
            new Dossiers(reader),
            ledger,
            roles,
            clock,
            ids);
  }

  long written() {
    return written;
  }

  /// A record with its fields, and the steps that its chain tells.
  Dossier put(Kind kind, String id, String state, Map<String, ?> fields, String... steps) {
    var values = new LinkedHashMap<String, Value>();
    fields.forEach((name, value) -> values.put(name, value(value)));
    var record = Dossier.of(kind, id, state, values);
    does(work -> {
      work.save(record);
      for (var step : steps) work.enter(record, step, Value.Struct.EMPTY);
    });
    return record;
  }

  void does(Done done) {
    waiting.add(done);
    if (waiting.size() >= RECORDS_PER_WRITE) write();
  }

  /// Writes what waits.
  void write() {
    if (waiting.isEmpty()) return;
    var all = List.copyOf(waiting);
    waiting.clear();
    written += all.size();
    engine.run(
        Caller.of(Actor.of("urn:plaza:bench").through("bench"), Address.DEFAULT),
        work -> {
          all.forEach(one -> one.in(work));
          return Dossier.of(Kind.NEED, "urn:ngsi-ld:Need:none", "PUBLISHED", Map.of());
        });
  }

  String next(Kind kind) {
    return ids.next(kind);
  }

  private static Value value(Object value) {
    return switch (value) {
      case Value known -> known;
      case String text -> Value.of(text);
      case Instant moment -> Value.of(moment.toString());
      case Integer number -> Value.of(number.longValue());
      case Long number -> Value.of(number.longValue());
      case Boolean flag -> Value.of(flag.booleanValue());
      case List<?> texts -> Value.of(texts.stream().map(String::valueOf).toList());
      default -> throw new IllegalArgumentException("no field is a " + value.getClass());
    };
  }
}
