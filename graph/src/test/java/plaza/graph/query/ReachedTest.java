package plaza.graph.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;

/// What entities are put in order by (clause 4.23).
class ReachedTest {
  private static final String A = "urn:x:a";
  private static final String B = "urn:x:b";
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  @Test
  void theDefaultInstanceCountsAtEveryStepElseTheFirst() {
    var other = instance(B, "urn:d:1", number(1), List.of());
    var usual = instance(B, null, number(2), List.of());
    var entity =
        entity(
            instance(A, "urn:d:1", number(3), List.of()),
            instance(A, "urn:d:2", number(4), List.of(other, usual)));

    assertThat(value(entity, Path.of(A))).isEqualTo(Value.of(3));
    assertThat(Reached.by(new Path(A, List.of(B), List.of()), entity)).isEmpty();

    var withDefault =
        entity(
            instance(A, "urn:d:1", number(3), List.of()),
            instance(A, null, number(5), List.of(other, usual)));
    assertThat(value(withDefault, Path.of(A))).isEqualTo(Value.of(5));
    assertThat(value(withDefault, new Path(A, List.of(B), List.of()))).isEqualTo(Value.of(2));
  }

  @Test
  void whatDescribesAnInstanceEndsThePath() {
    var entity = entity(instance(A, null, number(3), List.of()));

    assertThat(value(entity, new Path(A, List.of("observedAt"), List.of())))
        .isEqualTo(Value.of(NOON.toString()));
    assertThat(Reached.by(new Path(A, List.of("unitCode"), List.of()), entity)).isEmpty();
    assertThat(Reached.by(new Path(A, List.of("observedAt"), List.of("x")), entity)).isEmpty();
    assertThat(Reached.by(new Path(A, List.of("observedAt", B), List.of()), entity)).isEmpty();
  }

  @Test
  void oneObjectIsItselfAndSeveralAreAnArray() {
    var one = new Content.Relationship(List.of("urn:o:1"), List.of(), true);
    var two = new Content.Relationship(List.of("urn:o:1", "urn:o:2"), List.of(), true);

    assertThat(value(entity(Attribute.of(A, one)), Path.of(A))).isEqualTo(Value.of("urn:o:1"));
    assertThat(value(entity(Attribute.of(A, two)), Path.of(A)))
        .isEqualTo(Value.of(List.of("urn:o:1", "urn:o:2")));
    assertThat(
            Reached.by(Path.of(A), entity(Attribute.of(A, new Content.LanguageProperty(Map.of())))))
        .isEmpty();
  }

  private static @Nullable Value value(Entity entity, Path path) {
    return Reached.by(path, entity).map(Reached::value).orElse(null);
  }

  private static Content number(int number) {
    return new Content.Property(Value.of(number));
  }

  private static Entity entity(Attribute... attributes) {
    return Entity.of("urn:x:1", "urn:x:T", List.of(attributes));
  }

  private static Attribute instance(
      String name, @Nullable String datasetId, Content content, List<Attribute> subs) {
    return new Attribute(name, datasetId, content, NOON, null, subs, null, null, null, null);
  }
}
