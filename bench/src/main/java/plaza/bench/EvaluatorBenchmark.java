package plaza.bench;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Editor;
import plaza.graph.query.Condition;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;

/// What deciding one entity and working out one edit costs.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvaluatorBenchmark {
  private static final String BIKES = Names.DEFAULT_VOCAB + "availableBikeNumber";
  private static final String TYPE = Names.DEFAULT_VOCAB + "BikeHireDockingStation";
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final Entity station =
      Entity.of(
          "urn:ngsi-ld:BikeHireDockingStation:1",
          TYPE,
          List.of(
              Attribute.of(Names.LOCATION, new Content.GeoProperty(GeoValue.point(121.5, 25.0))),
              Attribute.of(BIKES, Value.of(7L), NOON)));
  private final Query query =
      Query.type(TYPE)
          .where(
              new Condition.Test(
                  Path.of(BIKES), Condition.Operator.GREATER, new Operand.Exactly(Value.of(5L))));
  private final Edit edit =
      new Edit.Observe(
          Entity.of(
              station.id(),
              TYPE,
              List.of(Attribute.of(BIKES, Value.of(8L), NOON.plusSeconds(60)))));

  @Benchmark
  public boolean decideOneEntity() {
    return Evaluator.matches(query, station);
  }

  @Benchmark
  public Editor.Result workOutOneReading() {
    return Editor.apply(station, edit, NOON, 1);
  }
}
