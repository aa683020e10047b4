package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.AccountableCity.PUBLISHER;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.demand.NewNeed;
import plaza.programme.procedure.AuditChain;
import plaza.programme.publication.dataset.Catalogue;
import plaza.programme.publication.dataset.Chain;
import plaza.programme.publication.dataset.Format;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// The records of a city as datasets: everything that is public, nobody's data, no small cells.
class OpenDataTest {
  @Test
  void everyKindOfRecordIsADatasetInThreeFormats() {
    try (var told = new AccountableCity().told()) {
      var all = all(told);
      assertThat(all.keySet())
          .contains("needs.csv", "challenges.json", "pilots.jsonl", "chain.csv", "services.json");
      assertThat(all.get("challenges.csv").lines().count()).isGreaterThanOrEqualTo(4);
      assertThat(all.get("pilots.json")).contains("\"verdict\":\"MET\"", "Rebalance by night");
      assertThat(all.get("proposals.json")).contains("Rebalance by night").doesNotContain("Secret");
      assertThat(all.get("rounds.jsonl")).contains("\"committed\":\"120000.30\"");
      assertThat(all.get("services.json")).contains("\"monthlyUsers\":null");
      for (var entry : Catalogue.of(told.publications().datasets(Address.DEFAULT)))
        assertThat(entry.distributions()).isNotEmpty();
    }
  }

  @Test
  void fewSupportersAreKeptBackAndSoIsWhatWouldTellThem() {
    try (var told = new AccountableCity()) {
      var city = told.city;
      var many = told.need("Many");
      for (int i = 0; i < 12; i++)
        city.programme
            .needs()
            .support(city.person("r" + i, i < 8 ? "resident" : "verifiedResident"), many.id());
      var few = told.need("Few");
      for (int i = 0; i < 9; i++)
        city.programme.needs().support(city.person("r" + i, "resident"), few.id());
      told.need("None");

      var rows = new TreeMap<String, String>();
      told.publications()
          .datasets(Address.DEFAULT)
          .each(
              told.publications().datasets(Address.DEFAULT).find("needs").orElseThrow(),
              row -> {
                rows.put(
                    ((Value.Text) row.get("description")).text(),
                    Json.text(
                        new Value.Items(
                            List.of(
                                row.get("supporters"),
                                row.get("supportersSuppressed"),
                                row.get("verifiedSupporters"),
                                row.get("verifiedSupportersSuppressed")))));
                return true;
              });
      assertThat(rows)
          .containsEntry("Many", "[12,false,null,true]")
          .containsEntry("Few", "[null,true,null,true]")
          .containsEntry("None", "[0,false,0,false]");
    }
  }

  @Test
  void aPlaceSomebodyNamedIsRoundedToAHundredMetres() {
    try (var told = new AccountableCity()) {
      told.need("Somewhere");
      assertThat(all(told).get("needs.json"))
          .contains("[121.571,25.081]")
          .doesNotContain("121.5712");
    }
  }

  @Test
  void anybodyRecomputesTheChainFromTheDataset() {
    try (var told = new AccountableCity().told()) {
      var chain = told.publications().chain(Address.DEFAULT);
      var previous = new String[] {AuditChain.BEGINNING};
      chain.each(
          1,
          row -> {
            var facts = new TreeMap<>(row);
            assertThat(facts.remove("previous")).isEqualTo(Value.of(previous[0]));
            var hash = ((Value.Text) facts.remove("hash")).text();
            var text = previous[0] + "\n" + Json.text(new Value.Struct(facts));
            assertThat(Canonical.hash(text)).isEqualTo(hash);
            previous[0] = hash;
          });
      assertThat(previous[0]).isNotEqualTo(AuditChain.BEGINNING);
    }
  }

  @Test
  void theStepsOfOneChallengeCanBeHadAlone() {
    try (var told = new AccountableCity().told()) {
      var chain = told.publications().chain(Address.DEFAULT);
      var call = told.city.all(Kind.CHALLENGE).getFirst();
      var actions = new ArrayList<String>();
      chain.eachOf(
          call.id(),
          row ->
              actions.add(
                  ((Value.Text) row.get("kind")).text()
                      + " "
                      + ((Value.Text) row.get("action")).text()));
      assertThat(actions)
          .containsSubsequence(
              "Challenge approve",
              "Proposal submit",
              "Challenge decide",
              "Pilot makeReady",
              "Pilot start",
              "Pilot gateScale",
              "FundingRound disburse");
      assertThat(actions).doesNotContain("Need submit");
      assertThatThrownBy(() -> chain.require("urn:ngsi-ld:Challenge:nowhere"))
          .isInstanceOf(Refusal.NotFound.class);
    }
  }

  /// I14: whatever people write about themselves and each other, no export holds it.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noExportHoldsContactDataTokensPeopleOrCellsBelowTen(long seed) {
    var random = new Random(seed);
    try (var told = new AccountableCity().told()) {
      var secrets = new ArrayList<String>();
      for (int i = 0; i < 15; i++) stated(told, random, secrets);
      for (var caller : List.of(told.pmo, told.moderator, told.builder, told.banker))
        secrets.add(caller.id());
      var all = all(told);
      assertThat(all).hasSizeGreaterThan(60);
      all.forEach((name, text) -> {
        for (var secret : secrets)
          assertThat(text).as(name + ", seed " + seed).doesNotContain(secret);
        assertThat(text)
            .as(name + ", seed " + seed)
            .doesNotContain("urn:plaza:person", "Sealed", "Zzz Teammate", "tokenHash", "personKey")
            .doesNotContainPattern("[\\w.]+@[\\w.]+")
            .doesNotContainPattern("\"\\w*[sS]upporters\":[1-9][,}]")
            .doesNotContainPattern("\"monthlyUsers\":[1-9][,}]")
            .doesNotContainPattern("\\b[1-9] people");
      });
    }
  }

  /// A need with contact data in its text, supported by some.
  private static void stated(AccountableCity told, Random random, List<String> secrets) {
    var city = told.city;
    var mail = "p" + random.nextInt(1_000_000) + ".x@mail" + random.nextInt(100) + ".example.tw";
    var phone =
        "%s%02d-%04d-%04d"
            .formatted(
                random.nextBoolean() ? "+886 " : "0",
                random.nextInt(100),
                random.nextInt(10_000),
                random.nextInt(10_000));
    secrets.add(mail);
    secrets.add(phone);
    var submitted =
        city.programme
            .needs()
            .submit(
                random.nextBoolean()
                    ? nobody()
                    : city.person("author" + random.nextInt(50), "resident"),
                NewNeed.of(
                    struct(
                        """
                        {'title': 'Call me: %s', 'description': 'or write to %s, please',
                         'affectedGroup': '%s', 'language': 'en',
                         'location': {'type': 'Point', 'coordinates': [%s, %s]}}
                        """
                            .formatted(
                                phone,
                                mail,
                                mail,
                                121 + random.nextInt(99_999_999) / 1e8,
                                25 + random.nextInt(99_999_999) / 1e8))));
    if (submitted.answers().get("token") instanceof Value.Text(var token)) secrets.add(token);
    if (random.nextInt(4) == 0) return; // it stays in moderation, with all it says
    var need =
        city.move(told.moderator, submitted.record(), "publish", "{'moderationNote': 'zzNote'}");
    secrets.add("zzNote");
    int supporters = random.nextInt(14);
    for (int i = 0; i < supporters; i++) support(told, need, i, secrets);
  }

  private static void support(
      AccountableCity told, Dossier need, int number, List<String> secrets) {
    var by = number % 2 == 0 ? nobody() : told.city.person("fan" + number, "verifiedResident");
    var answers = told.city.programme.needs().support(by, need.id()).answers();
    if (answers.get("token") instanceof Value.Text(var token)) secrets.add(token);
  }

  /// Everything that can be fetched, by the end of its address.
  private static Map<String, String> all(AccountableCity told) {
    var publications = told.publications();
    var datasets = publications.datasets(Address.DEFAULT);
    var all = new TreeMap<String, String>();
    for (var format : Format.values()) {
      for (var one : datasets.list())
        all.put(
            one.name() + "." + format.suffix(),
            written(
                format,
                one.names(),
                visitor ->
                    datasets.each(
                        one,
                        row -> {
                          visitor.accept(row);
                          return true;
                        })));
      var chain = publications.chain(Address.DEFAULT);
      all.put(
          "chain." + format.suffix(),
          written(format, Chain.COLUMNS, visitor -> chain.each(1, visitor)));
    }
    all.put("releases.json", Json.text(told.releases()));
    all.put("records.json", Json.text(told.records()));
    all.put("foi.json", publications.applications(Address.DEFAULT).rows().toString());
    all.put(
        "360giving.json",
        Json.text(AccountableCity.json(publications.grants(Address.DEFAULT, PUBLISHER).sheet())));
    return all;
  }

  private static String written(Format format, List<String> columns, Format.Rows rows) {
    var bytes = new ByteArrayOutputStream();
    format.write("title", columns, PUBLISHER, rows, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
