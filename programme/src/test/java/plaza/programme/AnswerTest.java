package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.demand.NewNeed;
import plaza.programme.demand.SimilarNeeds;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;
import plaza.testkit.Eventually;
import plaza.testkit.TestCity;

/// What stands beside an answer: live readings, its clock, and how it is contested.
class AnswerTest {
  private final ProgrammeCity city = new ProgrammeCity();
  private final Caller moderator = city.person("mei", "moderator");
  private final Caller officer = city.person("otto", "departmentOfficer");
  private final Caller ann = city.person("ann", "resident");

  @AfterEach
  void close() {
    city.close();
  }

  private Dossier published(String title) {
    var need =
        city.programme.needs().submit(ann, NewNeed.of(struct("{'title': '%s'}".formatted(title))));
    return city.move(moderator, need.record(), "publish", "{}");
  }

  private Dossier acknowledged(String more) {
    return city.move(
        officer,
        published("Bikes"),
        "acknowledge",
        "{'department': '" + DEPARTMENT + "'" + more + "}");
  }

  @Test
  void theReadingsOfAStationAndOfAllStationsStandBesideTheAnswer() {
    var now = city.now;
    city.station(
        "urn:ngsi-ld:S:1", "a", Map.of(now.minusSeconds(7200), 4, now.minusSeconds(60), 8));
    city.station("urn:ngsi-ld:S:2", "a", Map.of(now.minusSeconds(120), 2));
    var need =
        acknowledged(
            """
            , 'answer': 'We count.', 'series': [
              {'label': 'Here', 'entity': 'urn:ngsi-ld:S:1', 'attribute': '%s'},
              {'label': 'All', 'type': '%s', 'attribute': '%s'},
              {'label': 'Gone', 'entity': 'urn:ngsi-ld:S:9', 'attribute': 'bikes'}]
            """
                .formatted(TestCity.BIKES, TestCity.STATION, TestCity.BIKES));

    var told = city.programme.demand().series().of(nobody(), need.id()).items();
    assertThat(told).hasSize(3);
    assertThat(members(told.get(0)))
        .containsEntry("value", Value.of(8.0))
        .containsEntry("entities", Value.of(1))
        .containsEntry("observedAt", Value.of(now.minusSeconds(60).toString()));
    assertThat(((Value.Items) members(told.get(0)).get("points")).items()).hasSize(2);
    assertThat(members(told.get(1)))
        .containsEntry("value", Value.of(5.0))
        .containsEntry("entities", Value.of(2));
    assertThat(members(told.get(2)))
        .containsEntry("entities", Value.of(0))
        .doesNotContainKey("value");
  }

  private static Map<String, Value> members(Value value) {
    return ((Value.Struct) value).members();
  }

  @Test
  void seriesOfTheProgrammesOwnRecordsAreRefused() {
    for (var series :
        List.of(
            "{'type': 'https://plaza.city/private#Support', 'attribute': 'x'}",
            "{'entity': 'urn:x:1', 'attribute': 'https://plaza.city/private#email'}",
            "{'attribute': 'bikes'}",
            "{'entity': 'urn:x:1', 'type': 'T', 'attribute': 'bikes'}"))
      assertThatThrownBy(() -> acknowledged(", 'series': [" + series + "]"))
          .isInstanceOf(Refusal.Invalid.class)
          .hasMessageContaining("series");
  }

  @Test
  void whatIsOverdueIsListedForThoseWhoAnswer() {
    var need = acknowledged("");
    assertThat(city.programme.demand().overdue().of(officer).items()).isEmpty();
    city.pass(Duration.ofDays(33));

    var overdue = city.programme.demand().overdue().of(city.person("po", "pmo")).items();
    assertThat(overdue).hasSize(1);
    assertThat(members(overdue.getFirst()))
        .containsEntry("id", Value.of(need.id()))
        .containsEntry("daysOverdue", Value.of(3));
    var elsewhere = city.person("ola");
    city.people.give(elsewhere.id(), "departmentOfficer", "urn:plaza:organization:parks");
    assertThat(city.programme.demand().overdue().of(elsewhere).items()).isEmpty();
    assertThatThrownBy(() -> city.programme.demand().overdue().of(ann))
        .isInstanceOf(Refusal.Forbidden.class);
  }

  @Test
  void howManyMustContestIsTold() {
    var need = acknowledged("");
    for (int i = 0; i < 31; i++)
      city.programme.needs().support(city.person("s" + i, "resident"), need.id());
    var declined =
        city.move(officer, need, "decline", "{'publicReason': '" + "because ".repeat(12) + "'}");
    city.programme.needs().contest(city.person("s1", "resident"), need.id(), struct("{}"));

    var view = city.programme.view(nobody(), Kind.NEED, declined.id());
    assertThat(members(java.util.Objects.requireNonNull(view.members().get("contest"))))
        .containsEntry("made", Value.of(1))
        .containsEntry("wanted", Value.of(4));
    var mine = city.programme.needs().involvement(city.person("s1", "resident"), need.id());
    assertThat(mine.supports()).isTrue();
    assertThat(mine.contested()).isTrue();
    assertThat(mine.author()).isFalse();
  }

  @Test
  void aDepartmentStatesItsOwnNeedAndNobodyElsesDoes() {
    var sent =
        NewNeed.of(
            struct(
                "{'title': 'Count lorries', 'origin': 'department', 'originDepartment': '"
                    + DEPARTMENT
                    + "'}"));
    var need = city.programme.needs().submit(officer, sent).record();
    assertThat(need.state()).isEqualTo("PUBLISHED");
    assertThat(need.texts("originDepartment")).containsExactly(DEPARTMENT);

    var elsewhere = city.person("ola");
    city.people.give(elsewhere.id(), "departmentOfficer", "urn:plaza:organization:parks");
    assertThatThrownBy(() -> city.programme.needs().submit(elsewhere, sent))
        .isInstanceOf(Refusal.Forbidden.class);
    assertThatThrownBy(
            () -> NewNeed.of(struct("{'title': 't', 'originDepartment': '" + DEPARTMENT + "'}")))
        .isInstanceOf(Refusal.Invalid.class);
  }

  @Test
  void needsThatWouldFitIntoAClusterAreSuggestedUntilSomebodyAcceptsOne() {
    var following = city.programme.follow(city.feed, List.of(Address.DEFAULT));
    try {
      var first = published("No bikes at the station in the morning");
      var second = published("In the morning the station has no bikes");
      published("A bench in the park");
      var cluster =
          city.programme
              .clusters()
              .open(
                  moderator,
                  struct("{'title': 'Bikes in the morning', 'needs': ['" + first.id() + "']}"))
              .record();
      Eventually.eventually(() -> assertThat(suggested(cluster)).containsExactly(second.id()));
      city.move(city.person("po", "pmo"), cluster, "addNeed", "{'need': '" + second.id() + "'}");
      assertThat(suggested(cluster)).isEmpty();
    } finally {
      following.forEach(plaza.ledger.Feed.Following::close);
    }
  }

  private List<String> suggested(Dossier cluster) {
    return city.programme.clusters().suggestions(Address.DEFAULT, cluster.id(), 10).stream()
        .map(SimilarNeeds.Match::id)
        .toList();
  }
}
