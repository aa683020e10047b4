package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.holding;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.demand.NewNeed;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// A decision against a need has a reason, and its author may ask somebody else once.
class ModerationTest {
  private static final String WHY = "{'publicReason': 'It is within the city after all.'}";
  private ProgrammeCity city = new ProgrammeCity();
  private final Caller mei = city.person("mei", "moderator");
  private final Caller max = city.person("max", "moderator");
  private Caller author = nobody();

  @AfterEach
  void close() {
    city.close();
  }

  private Dossier submitted() {
    var outcome =
        city.programme.needs().submit(nobody(), NewNeed.of(struct("{'title': 'A need'}")));
    author = holding(((Value.Text) outcome.answers().get("token")).text());
    return outcome.record();
  }

  private Dossier rejected() {
    return city.move(
        mei, submitted(), "reject", "{'reasonCode': 'notInCity', 'moderationNote': 'over there'}");
  }

  private Dossier caseOf(Dossier need) {
    return city.get(Kind.MODERATION_CASE, city.get(Kind.NEED, need.id()).text("moderationCase"));
  }

  @Test
  void theAuthorSeesWhyAndNobodyElseSeesThatThereWasAnything() {
    var need = rejected();

    var seen = city.programme.view(author, Kind.MODERATION_CASE, caseOf(need).id()).toString();
    assertThat(seen).contains("notInCity", "over there", "appeal");
    assertThatThrownBy(() -> city.programme.view(nobody(), Kind.MODERATION_CASE, caseOf(need).id()))
        .isInstanceOf(Refusal.NotFound.class);
    assertThatThrownBy(() ->
            city.programme.view(
                city.person("rita", "resident"), Kind.MODERATION_CASE, caseOf(need).id()))
        .isInstanceOf(Refusal.NotFound.class);
  }

  @Test
  void anotherModeratorOverturnsAndTheNeedIsPublicInTheSameWrite() {
    var need = rejected();
    var appealed = city.move(author, caseOf(need), "appeal", "{'appeal': 'It is ours.'}");

    assertThatThrownBy(() -> city.move(mei, appealed, "overturn", WHY))
        .isInstanceOf(Refusal.Unmet.class);
    var overturned = city.move(max, appealed, "overturn", WHY);
    assertThat(overturned.state()).isEqualTo("OVERTURNED");
    var shown = city.get(Kind.NEED, need.id());
    assertThat(shown.state()).isEqualTo("PUBLISHED");
    assertThat(shown.version()).isEqualTo(overturned.version());
    assertThatThrownBy(() -> city.move(author, overturned, "appeal", "{'appeal': 'again'}"))
        .isInstanceOf(Refusal.Conflict.class);
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void anOverturnedNeedIsScreenedAsEveryOther() {
    author = city.person("ann", "resident");
    var reachable =
        city.programme
            .needs()
            .submit(author, NewNeed.of(struct("{'title': 'Write to ann@mail.example'}")))
            .record();
    var rejected = city.move(mei, reachable, "reject", "{'reasonCode': 'spam'}");
    var appealed = city.move(author, caseOf(rejected), "appeal", "{'appeal': 'It is none.'}");

    assertThatThrownBy(() -> city.move(max, appealed, "overturn", WHY))
        .isInstanceOf(Refusal.Unmet.class)
        .hasMessageContaining("moderationClear");
    var note = WHY.replace("}", ", 'moderationNote': 'It is the office itself.'}");
    assertThat(city.move(max, appealed, "overturn", note).state()).isEqualTo("OVERTURNED");
    assertThat(city.get(Kind.NEED, reachable.id()).state()).isEqualTo("PUBLISHED");
  }

  @Test
  void whatIsUpheldStaysAndIsCounted() {
    var need = rejected();
    var appealed = city.move(author, caseOf(need), "appeal", "{'appeal': 'It is ours.'}");
    city.move(max, appealed, "uphold", "{'publicReason': 'It is in the next town.'}");

    assertThat(city.get(Kind.NEED, need.id()).state()).isEqualTo("REJECTED");
    var counts = city.programme.demand().moderation().counts(Address.DEFAULT).items();
    assertThat(counts).hasSize(1);
    assertThat(((Value.Struct) counts.getFirst()).members())
        .containsEntry("decision", Value.of("reject"))
        .containsEntry("reasonCode", Value.of("notInCity"))
        .containsEntry("count", Value.of(1))
        .containsEntry("upheld", Value.of(1))
        .containsEntry("open", Value.of(0));
  }

  @Test
  void onlyTheAuthorAppealsAndOnlyInTime() {
    var need = rejected();

    assertThatThrownBy(() ->
            city.move(holding("SOMEBODYELSESTOKEN"), caseOf(need), "appeal", "{'appeal': 'x'}"))
        .isInstanceOf(Refusal.Unauthenticated.class);
    city.pass(Duration.ofDays(31));
    assertThatThrownBy(() -> city.move(author, caseOf(need), "appeal", "{'appeal': 'x'}"))
        .isInstanceOf(Refusal.Unmet.class);
    assertThat(city.tick()).contains(caseOf(need).id() + " settle");
    assertThat(caseOf(need).state()).isEqualTo("SETTLED");
  }

  @Test
  void aHiddenNeedIsShownAgainAndItsCaseSettledUnlessAnAppealWaits() {
    var need = city.move(mei, submitted(), "publish", "{}");
    var hidden = city.move(mei, need, "hide", "{'reasonCode': 'offTopic'}");
    var first = caseOf(hidden);
    city.move(mei, hidden, "publish", "{}");
    assertThat(city.get(Kind.MODERATION_CASE, first.id()).state()).isEqualTo("SETTLED");

    var again = city.move(mei, hidden, "hide", "{'reasonCode': 'offTopic'}");
    city.move(author, caseOf(again), "appeal", "{'appeal': 'please'}");
    assertThatThrownBy(() -> city.move(mei, again, "publish", "{}"))
        .isInstanceOf(Refusal.Unmet.class)
        .hasMessageContaining("cannot 'publish'");
    city.move(max, caseOf(again), "overturn", WHY);
    assertThat(city.get(Kind.NEED, need.id()).state()).isEqualTo("PUBLISHED");
  }

  @Test
  void anOverdueAppealIsRemindedOfOnceAlsoOverARestart() {
    var need = rejected();
    city.move(author, caseOf(need), "appeal", "{'appeal': 'It is ours.'}");
    city.pass(Duration.ofDays(15));

    assertThat(city.tick()).containsExactly(caseOf(need).id() + " remind");
    city = city.restarted();
    assertThat(city.tick()).isEmpty();
  }

  @Test
  void anAuthorTakesTheirNeedOutOfAClusterForGood() {
    var need = city.move(mei, submitted(), "publish", "{}");
    var cluster =
        city.programme
            .clusters()
            .open(mei, struct("{'title': 'together', 'needs': ['" + need.id() + "']}"))
            .record();
    city.programme.needs().support(city.person("ann", "resident"), need.id());
    assertThat(city.get(Kind.NEED_CLUSTER, cluster.id()).count("supporters")).isEqualTo(1);

    var sent = "{'need': '" + need.id() + "', 'objection': 'Mine is about children.'}";
    assertThatThrownBy(() -> city.move(nobody(), cluster, "splitNeed", sent))
        .isInstanceOf(Refusal.Unauthenticated.class);
    var left = city.move(author, cluster, "splitNeed", sent);
    assertThat(left.texts("needs")).isEmpty();
    assertThat(left.count("supporters")).isZero();
    var free = city.get(Kind.NEED, need.id());
    assertThat(free.has("cluster")).isFalse();
    assertThat(free.count("supporters")).isEqualTo(1);
    assertThatThrownBy(() -> city.move(mei, cluster, "addNeed", "{'need': '" + need.id() + "'}"))
        .isInstanceOf(Refusal.Unmet.class);
    assertThat(city.programme.view(nobody(), Kind.NEED, need.id()).toString())
        .contains("objectedTo")
        .doesNotContain("about children");
  }
}
