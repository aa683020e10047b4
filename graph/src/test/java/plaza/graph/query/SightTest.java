package plaza.graph.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.graph.Entity;
import plaza.graph.Names;
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

  @Test
  void whatIsPilotsOwnIsForNobodyWhoseSightDoesNotNameIt() {
    var own = thing(Names.PILOTS + "vans#Van");

    assertThat(Sight.PUBLIC.of(own)).isEmpty();
    assertThat(Sight.PUBLIC.acceptsType(Names.PILOTS + "vans#Van")).isFalse();
    assertThat(Sight.CITY.of(own)).isPresent();
    assertThat(Sight.EVERYTHING.of(own)).isPresent();
    assertThat(Sight.of(vans(null), "").of(own)).isPresent();
    assertThat(Sight.of(vans(null), "").of(thing(Names.PILOTS + "vans-2#Van"))).isEmpty();
  }

  @Test
  void anOwnerIsNamedByTheFourthPartOfTheId() {
    var view = vans("vans");

    assertThat(view.acceptsId("urn:ngsi-ld:Van:vans:1")).isTrue();
    assertThat(view.acceptsId("urn:ngsi-ld:Van:vans:a:b")).isTrue();
    for (var id :
        List.of(
            "urn:ngsi-ld:Van:vans",
            "urn:ngsi-ld:Van:vans:",
            "urn:ngsi-ld:Van:vans-2:1",
            "urn:ngsi-ld:Van:1:vans:2",
            "urn:ngsi-ld::vans:2",
            "urn:other:Van:vans:1",
            "https://vans:1")) assertThat(view.acceptsId(id)).as(id).isFalse();
  }

  private static View vans(@org.jspecify.annotations.Nullable String owner) {
    return new View(Set.of(Names.PILOTS + "vans#"), Set.of(), null, null, null, owner);
  }

  private static Entity thing(String type) {
    return Entity.of("urn:ngsi-ld:Thing:1", type, List.of());
  }
}
