package plaza.graph.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.graph.Entity;
import plaza.graph.query.Sight.View;

class SightTest {
  private static final String OURS = "https://city.example/pilot-7#";

  private final Sight sight =
      Sight.of(new View(Set.of(OURS), Set.of(), null, null, null), "the pilot's own types");

  @Test
  void aVocabularyStandsForAllItsTypes() {
    assertThat(sight.acceptsType(OURS + "Counter")).isTrue();
    assertThat(sight.of(thing(OURS + "Counter"))).isPresent();
  }

  @Test
  void aVocabularyStandsForNoOther() {
    assertThat(sight.acceptsType("https://city.example/pilot-77#Counter")).isFalse();
    assertThat(sight.acceptsType("https://city.example/Counter")).isFalse();
    assertThat(sight.of(thing("https://city.example/pilot-7"))).isEmpty();
  }

  private static Entity thing(String type) {
    return Entity.of("urn:ngsi-ld:Thing:1", type, List.of());
  }
}
