package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Users are counted, not known.
class UsageTest {
  private static final String SERVICE = "urn:ngsi-ld:Service:bikes";
  private static final String OTHER = "urn:ngsi-ld:Service:buses";
  private ProgrammeCity city = new ProgrammeCity();

  UsageTest() {
    for (var id : List.of(SERVICE, OTHER)) {
      for (var edit :
          Dossiers.edits(
              null, Dossier.of(Kind.SERVICE, id, "LIVE", struct("{'title': 't'}").members())))
        city.write(edit);
      city.programme.usage().turnOn(Address.DEFAULT, id);
    }
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void aUserCountsOnceADayHoweverOftenTheyCome() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new CompletableFuture<?>[400];
      for (int i = 0; i < all.length; i++) {
        var user = "u" + i % 40;
        all[i] = CompletableFuture.runAsync(() -> saw(SERVICE, user), threads);
      }
      CompletableFuture.allOf(all).get();
    }
    city.programme.usage().flush();
    for (int i = 0; i < 5; i++) saw(SERVICE, "u" + i);
    city.pass(Duration.ofDays(1));
    city.tick();

    assertThat(days()).hasSize(1);
    assertThat(days().getFirst().count("users")).isEqualTo(40);
    city.tick();
    assertThat(days()).hasSize(1);
  }

  @Test
  void aRestartNeitherLosesNorRepeatsWhatWasWrittenDown() {
    for (int i = 0; i < 12; i++) saw(SERVICE, "u" + i);
    city.tick();
    city = city.restarted();
    for (int i = 6; i < 15; i++) saw(SERVICE, "u" + i);
    city.tick();
    city = city.restarted();
    city.pass(Duration.ofDays(1));
    city.tick();

    assertThat(days().getFirst().count("users")).isEqualTo(15);
    assertThat(city.programme.usage().use(Address.DEFAULT, SERVICE).monthly()).isEqualTo(15);
  }

  @Test
  void fewerThanTenAreShownToNobody() {
    for (int i = 0; i < 9; i++) saw(SERVICE, "u" + i);
    city.pass(Duration.ofDays(200));
    city.tick();
    city.person("aud", "auditor", "pmo", "programmeBoard");

    for (var someone : List.of(nobody(), ProgrammeCity.caller("aud")))
      for (var kind : List.of(Kind.USAGE_DAY, Kind.COHORT_CELL)) {
        var seen = city.programme.list(someone, kind, List.of(), 0, 10);
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().members())
            .containsEntry("suppressed", Value.of(true))
            .doesNotContainKeys("users", "members", "active", "counted");
        assertThat(seen.toString()).doesNotContain("number=9");
      }
    assertThat(city.programme.usage().use(Address.DEFAULT, SERVICE).toValue().members())
        .containsEntry("cohort", Value.Null.VALUE);
  }

  @Test
  void aFewWhoStayedOfManyAreNotCountedInPublic() {
    for (int i = 0; i < 20; i++) saw(SERVICE, "u" + i);
    city.pass(Duration.ofDays(91));
    for (int i = 0; i < 3; i++) saw(SERVICE, "u" + i);
    city.pass(Duration.ofDays(60));
    city.tick();

    var cell = city.programme.list(nobody(), Kind.COHORT_CELL, List.of(), 0, 10).getFirst();
    assertThat(cell.members())
        .containsEntry("members", Value.of(20))
        .containsEntry("retention", Value.of(0.15))
        .doesNotContainKeys("active", "counted");
  }

  @Test
  void whoStayedIsWhoCameAgainInDays90To96() {
    for (int i = 0; i < 20; i++) saw(SERVICE, "u" + i);
    for (int day : List.of(89, 90, 96, 97)) {
      city.now = java.time.Instant.parse("2026-06-01T08:00:00Z").plus(Duration.ofDays(day));
      saw(SERVICE, "u" + day % 20);
    }
    var use = city.programme.usage().use(Address.DEFAULT, SERVICE);

    assertThat(use.cohort()).isEqualTo(20);
    assertThat(use.stayed()).isEqualTo(2);
    assertThat(use.retention()).isEqualTo(0.1);
    city.pass(Duration.ofDays(60));
    city.tick();
    var cell = city.all(Kind.COHORT_CELL).getFirst();
    assertThat(cell.text("cohort")).isEqualTo("2026-06");
    assertThat(cell.count("members")).isEqualTo(20);
    assertThat(cell.has("active")).as("two are too few to tell of").isFalse();
  }

  @Test
  void whatIsKeptTellsNobodyWhoItWasNorThatTwoServicesHaveTheSame() {
    saw(SERVICE, "ann@example.org");
    saw(OTHER, "ann@example.org");
    city.programme.usage().flush();
    var notes = city.ledger.notebook("programme.usage").list("", "", 1_000);
    var hashes =
        notes.stream()
            .map(note -> note.key())
            .filter(key -> key.contains(" user "))
            .map(key -> key.substring(key.lastIndexOf(' ')))
            .toList();

    assertThat(hashes).hasSize(2).doesNotHaveDuplicates();
    for (var note : notes) {
      assertThat(note.key()).doesNotContain("ann");
      assertThat(new String(note.value(), StandardCharsets.ISO_8859_1)).doesNotContain("ann");
    }
    city.programme.usage().forget(Address.DEFAULT, SERVICE);
    assertThat(city.ledger.notebook("programme.usage").list("default " + SERVICE + " user", "", 10))
        .isEmpty();
    saw(SERVICE, "ann@example.org");
    city.programme.usage().flush();
    assertThat(city.programme.usage().use(Address.DEFAULT, SERVICE).monthly()).isZero();
  }

  @Test
  void aServiceWithoutAMeterKeepsNothingAndAPseudonymHasALength() {
    city.programme.usage().saw(Address.DEFAULT, "urn:ngsi-ld:Service:none", "u");
    city.programme.usage().flush();
    assertThat(
            city.ledger
                .notebook("programme.usage")
                .list("default urn:ngsi-ld:Service:none", "", 10))
        .isEmpty();
    assertThatThrownBy(() -> saw(SERVICE, "x".repeat(201))).isInstanceOf(Refusal.Invalid.class);
  }

  private void saw(String service, String user) {
    city.programme.usage().saw(Address.DEFAULT, service, user);
  }

  private List<Dossier> days() {
    return city.all(Kind.USAGE_DAY).stream()
        .filter(day -> day.text("service").equals(SERVICE))
        .toList();
  }
}
