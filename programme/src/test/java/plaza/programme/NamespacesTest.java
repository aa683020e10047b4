package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Query;
import plaza.ledger.Feed;
import plaza.ledger.store.Span;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;
import plaza.testkit.Eventually;

/// What becomes of the entities that are a pilot's own.
class NamespacesTest {
  private static final String PILOT = "urn:ngsi-ld:Pilot:vans";
  private static final String SERVICE = "urn:ngsi-ld:Service:vans";
  private static final String VAN = Names.PILOTS + "vans#Van";
  private static final String LOAD = "https://example.org/load";

  private final ProgrammeCity city = new ProgrammeCity();
  private final List<Feed.Following> following = new ArrayList<>();

  @AfterEach
  void close() {
    following.forEach(Feed.Following::close);
    city.close();
  }

  @Test
  void whatMayBeDoneFollowsThePilotsState() {
    following.addAll(city.programme.follow(city.feed, List.of(Address.DEFAULT)));
    pilot("ACTIVE");
    for (var step :
        List.of(
            Map.entry("ACTIVE", "WRITE"),
            Map.entry("SUSPENDED", "SUSPENDED"),
            Map.entry("ACTIVE", "WRITE"),
            Map.entry("EVALUATING", "READ"),
            Map.entry("STOPPED", "OVER"))) {
      turn(Kind.PILOT, PILOT, step.getKey());
      Eventually.eventually(() ->
          assertThat(city.bindings.states).containsEntry(PILOT + ":namespace", step.getValue()));
    }
  }

  @Test
  void whatIsBoundIsBoundAgainAfterARestart() {
    pilot("ACTIVE");

    following.addAll(city.programme.follow(city.feed, List.of(Address.DEFAULT)));

    assertThat(city.bindings.states).containsEntry(PILOT + ":namespace", "WRITE");
  }

  @Test
  void theEntitiesOfAnEndedPilotGoWhenTheirTimeHasComeAndTheirHistoryStays() {
    pilot("STOPPED");
    vans(1_500);

    city.tick();
    assertThat(vans()).hasSize(1_500);
    city.pass(Duration.ofDays(31));
    assertThat(city.tick()).contains(PILOT + " lost its own 1500 entities");
    assertThat(vans()).isEmpty();
    assertThat(city.tick()).noneMatch(done -> done.contains("lost"));
    var van =
        city.reader.findEvenGone(Dossiers.PROGRAMME, Address.DEFAULT, van(7).id()).orElseThrow();
    assertThat(
            city.reader.history(
                Dossiers.PROGRAMME, Address.DEFAULT, van, LOAD, Span.ALWAYS, false, 10))
        .isNotEmpty();
  }

  @Test
  void aServiceTakesThemOverAndTheyGoWithIt() {
    pilot("SCALED");
    vans(3);
    city.write(
        Dossiers.edits(
                null, Dossier.of(Kind.SERVICE, SERVICE, "LIVE", Map.of("pilot", Value.of(PILOT))))
            .getFirst());
    following.addAll(city.programme.follow(city.feed, List.of(Address.DEFAULT)));
    assertThat(city.bindings.states).containsEntry(SERVICE + ":namespace", "WRITE");
    assertThat(city.bindings.states).containsEntry(PILOT + ":namespace", "OVER");
    city.pass(Duration.ofDays(31));

    city.tick();
    assertThat(vans()).hasSize(3);

    turn(Kind.SERVICE, SERVICE, "RETIRED");
    Eventually.eventually(
        () -> assertThat(city.bindings.states).containsEntry(SERVICE + ":namespace", "OVER"));
    city.tick();
    assertThat(vans()).isEmpty();
  }

  private void pilot(String state) {
    city.write(
        Dossiers.edits(
                null,
                Dossier.of(
                    Kind.PILOT,
                    PILOT,
                    state,
                    Map.of(
                        "title", Value.of("Vans"),
                        "namespace", Value.of(Names.PILOTS + "vans#"),
                        "endDate", Value.of(city.now.plus(Duration.ofDays(90)).toString()),
                        "namespaceUntil", Value.of(city.now.plus(Duration.ofDays(30)).toString()))))
            .getFirst());
  }

  private void turn(Kind kind, String id, String state) {
    var before = city.get(kind, id);
    for (var edit : Dossiers.edits(before, before.in(state)))
      if (!(edit instanceof Edit.Expect)) city.write(edit);
  }

  private void vans(int count) {
    for (int i = 0; i < count; i++) city.write(new Edit.Create(van(i)));
  }

  private static Entity van(int number) {
    return Entity.of(
        "urn:ngsi-ld:Van:vans:" + number, VAN, List.of(Attribute.of(LOAD, Value.of(number))));
  }

  private List<String> vans() {
    var ids = new ArrayList<String>();
    city.reader.each(
        Dossiers.PROGRAMME, Address.DEFAULT, Query.type(VAN), entity -> ids.add(entity.id()));
    return ids;
  }
}
