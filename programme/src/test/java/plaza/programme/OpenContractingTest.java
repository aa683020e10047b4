package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.AccountableCity.PUBLISHER;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.publication.OcdsFields;
import plaza.programme.record.Kind;

/// Contracting processes as OCDS 1.1.5 with the profile for public-private partnerships.
class OpenContractingTest {
  @Test
  void everyReleaseHasOnlyWhatTheStandardKnows() {
    try (var told = new AccountableCity().told()) {
      assertThat(OcdsFields.faults("Package", told.releases())).isEmpty();
      assertThat(OcdsFields.faults("RecordPackage", told.records())).isEmpty();
      assertThat(releases(told.releases())).hasSizeGreaterThan(20);
    }
  }

  @Test
  void everyPublicStepGivesOneReleaseUnderATagThatSaysWhatItIs() {
    try (var told = new AccountableCity().told()) {
      var call = told.city.all(Kind.CHALLENGE).getFirst();
      var ocid = PUBLISHER.ocidPrefix() + "-challenge-" + local(call.id());
      var found = releases(told.releases());
      assertThat(tags(found, ocid))
          .containsExactly(
              "planning tender planned",
              "tender active",
              "tenderAmendment active",
              "tenderUpdate active",
              "tenderUpdate active",
              "award complete",
              "contract complete pending",
              "contract implementation complete active",
              "implementationUpdate complete active",
              "implementationUpdate complete active",
              "implementationUpdate complete active",
              "implementationUpdate complete active",
              "contractTermination implementationUpdate complete terminated",
              "tenderUpdate complete terminated",
              "contractUpdate complete terminated",
              "contractUpdate complete terminated",
              "contractUpdate complete terminated",
              "implementationUpdate complete terminated",
              "implementationUpdate complete terminated");
      assertThat(tags(found, PUBLISHER.ocidPrefix() + "-pilot-lamps"))
          .containsExactly(
              "planning tender award contract complete pending",
              "contract implementation complete active");
      assertThat(
              found.stream()
                  .map(one -> text(one, "tender", "status"))
                  .filter(status -> !List.of("planned", "active", "complete").contains(status)))
          .containsExactlyInAnyOrder("cancelled", "unsuccessful");
      var ids = found.stream().map(one -> one.get("id")).toList();
      assertThat(ids).doesNotHaveDuplicates();
    }
  }

  /// What was published once reads the same whatever happens later.
  @Test
  void aReleaseNeverChangesOnceItWasPublished() {
    try (var told = new AccountableCity()) {
      var published = new LinkedHashMap<Value, Value>();
      told.readings();
      var cluster = told.demand();
      var call = told.approved(cluster, "Bikes at seven");
      unchanged(told, published);
      told.opened(call);
      told.city.programme.needs().support(told.city.person("zzlate", "resident"), need(told));
      unchanged(told, published);
      told.extended(call);
      unchanged(told, published);
      var pilot = told.decided(call);
      unchanged(told, published);
      told.prepared(pilot);
      told.started(pilot);
      unchanged(told, published);
      told.finished(pilot);
      unchanged(told, published);
      told.scaled(pilot);
      told.funded(pilot);
      unchanged(told, published);
      told.running(pilot);
      told.cancelled();
      told.unanswered();
      told.withoutCall();
      unchanged(told, published);
      assertThat(published).hasSizeGreaterThan(20);
    }
  }

  @Test
  void aTeamThatIsPaidToExploreHasAnAwardAndAContractOfItsOwn() {
    try (var told = new AccountableCity()) {
      var published = new LinkedHashMap<Value, Value>();
      told.readings();
      var call =
          told.approved(
              told.demand(),
              "Bikes at seven",
              ", 'exploration': {'days': 21, 'pay': {'amount': '5000.00', 'currency': 'EUR'},"
                  + " 'teams': 1}");
      told.opened(call);
      told.decided(call);
      unchanged(told, published);
      assertThat(OcdsFields.faults("Package", told.releases())).isEmpty();
      var found = releases(told.releases());
      assertThat(found.stream().map(one -> Json.text(one.get("tag"))))
          .containsSubsequence(
              "[\"tenderUpdate\"]",
              "[\"award\",\"contract\"]",
              "[\"implementationUpdate\"]",
              "[\"award\"]",
              "[\"contractTermination\"]");
      var text = Json.text(new Value.Struct(found.getLast()));
      assertThat(text).contains("1666.67", "Output of the exploration", "\"terminated\"");
      assertThat(text).doesNotContain("Sealed", "zz", "Zzz");
    }
  }

  @Test
  void aFundedServiceWithoutAPilotIsAProcessOfItsOwn() {
    try (var told = new AccountableCity()) {
      told.fundedService();
      var contracting = told.publications().contracting(Address.DEFAULT, PUBLISHER);
      var record = contracting.recordOf("urn:ngsi-ld:Service:buses");
      assertThat(OcdsFields.faults("RecordPackage", AccountableCity.json(record))).isEmpty();
      var text = new String(record.bytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(text)
          .contains("\"ocid\":\"ocds-213czf-service-buses\"", "ran for years")
          .contains("\"assetClass\":[\"equity\"]", "\"amount\":12345678901234.20")
          .contains("\"amount\":300000000,")
          .contains("\"debtEquityRatio\":0.00002", "\"code\":\"commercialClose\"");
      assertThat(text).doesNotContain("zz", "@");
    }
  }

  /// I15: the identifier stays, and an amendment says what happened.
  @Test
  void aPilotThatAnotherOrganisationTakesOverKeepsItsOcidAndGetsAnAmendment() {
    try (var told = new AccountableCity()) {
      var published = new LinkedHashMap<Value, Value>();
      var pilot = told.withoutCall();
      unchanged(told, published);
      var heir = told.city.member("zzhal", ProgrammeCity.OTHER_TEAM, "innovator");
      var desk = told.city.programme.pilots().novations();
      desk.propose(
          told.pmo,
          pilot.id(),
          ProgrammeCity.struct(
              """
              {'organisation': '%s', 'team': ['Zzz'],
               'reason': 'The first was bought by a company that makes no lamps any more.'}
              """
                  .formatted(ProgrammeCity.OTHER_TEAM)));
      for (var signer : List.of(told.pmo, told.builder, heir))
        desk.sign(signer, pilot.id(), ProgrammeCity.struct("{}"));
      told.city.pass(java.time.Duration.ofDays(1));
      told.city.move(told.board.getFirst(), told.get(pilot), "novate", "{}");

      unchanged(told, published);
      assertThat(OcdsFields.faults("Package", told.releases())).isEmpty();
      var found = releases(told.releases());
      assertThat(found.stream().map(one -> one.get("ocid")).distinct()).hasSize(1);
      var last = found.getLast();
      assertThat(last.get("tag")).isEqualTo(Value.of(List.of("contractAmendment")));
      assertThat(Json.text(new Value.Struct(last)))
          .contains("\"id\":\"novation-", "takes the place of Wheels Ltd", "bought by a company")
          .doesNotContain("Zzz", "zz");
      var award = ((Value.Struct) ((Value.Items) last.get("awards")).items().getFirst()).members();
      assertThat(Json.text(award.get("suppliers"))).contains("Pedals").doesNotContain("Wheels");
      assertThat(text(last, "tender", "procurementMethod")).isEqualTo("direct");
    }
  }

  private static String need(AccountableCity told) {
    return told.city.all(Kind.NEED).getFirst().id();
  }

  private static void unchanged(AccountableCity told, Map<Value, Value> published) {
    for (var one : releases(told.releases())) {
      var id = one.get("id");
      var before = published.put(id, new Value.Struct(one));
      if (before != null) assertThat(new Value.Struct(one)).isEqualTo(before);
    }
  }

  @Test
  void aCallThatIsOpenTellsNothingOfWhoAnswersIt() {
    try (var told = new AccountableCity()) {
      told.readings();
      var call = told.approved(told.demand(), "Bikes at seven");
      told.opened(call);
      told.proposal(told.builder, ProgrammeCity.TEAM, call, "Rebalance by night");
      var text = Json.text(told.releases());

      assertThat(text).doesNotContain("Wheels", "Rebalance", "bids", "numberOfTenderers");
      assertThat(Json.text(told.records())).doesNotContain("Wheels", "Rebalance");
      assertThat(told.publications().applications(Address.DEFAULT).rows()).isEmpty();
    }
  }

  @Test
  void moneyIsPublishedToTheLastDigitAndNeverItsConditions() {
    try (var told = new AccountableCity().told()) {
      var contracting = told.publications().contracting(Address.DEFAULT, PUBLISHER);
      var text =
          new String(
              contracting.releases("", 1_000).bytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(text)
          .contains("\"amount\":300000.10", "\"amount\":40000.10", "\"amount\":80000.20")
          .contains("\"amount\":30000.05", "\"amount\":120000.30")
          .contains("\"subsidyRatio\":0.333333")
          .contains("\"code\":\"financialClose\"", "\"description\":\"Given in kind\"");
      assertThat(text).doesNotContain("Sealed", "Secret", "zz", "@", "urn:plaza:person", "Zzz");
    }
  }

  @Test
  void thePlanSaysHowManyStoodBehindItAndNotWho() {
    try (var told = new AccountableCity()) {
      told.approved(told.demand(), "Bikes at seven");
      assertThat(Json.text(told.releases())).contains("12 people support it");
    }
    try (var told = new AccountableCity()) {
      var need = told.need("One alone");
      var cluster =
          told.city
              .programme
              .clusters()
              .open(
                  told.moderator,
                  ProgrammeCity.struct("{'title': 'Alone', 'needs': ['" + need.id() + "']}"))
              .record();
      told.approved(cluster, "For few");
      assertThat(Json.text(told.releases())).contains("fewer than 10 people support it");
    }
  }

  @Test
  void everyPartyThatIsNamedStandsAmongThePartiesWithItsRoles() {
    try (var told = new AccountableCity().told()) {
      for (var release : releases(told.releases())) {
        var parties = new TreeSet<String>();
        for (var party : ((Value.Items) release.get("parties")).items())
          parties.add(text(((Value.Struct) party).members(), "id"));
        var named = new TreeSet<String>();
        release.forEach((name, value) -> {
          if (!name.equals("parties")) organisations(value, named);
        });
        assertThat(named).isEqualTo(parties);
      }
    }
  }

  private static void organisations(Value value, Set<String> found) {
    switch (value) {
      case Value.Struct(var members) -> members.values().forEach(one -> organisations(one, found));
      case Value.Items(var items) -> items.forEach(one -> organisations(one, found));
      case Value.Text(var text) -> {
        if (text.startsWith("urn:plaza:organization:")) found.add(text);
      }
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> {}
    }
  }

  @Test
  void pagesFollowEachOtherAndOneProcessCanBeAskedForAlone() {
    try (var told = new AccountableCity().told()) {
      var contracting = told.publications().contracting(Address.DEFAULT, PUBLISHER);
      var all = releases(told.releases()).stream().map(one -> one.get("id")).toList();
      var found = new ArrayList<Value>();
      var after = "";
      while (true) {
        var page = AccountableCity.json(contracting.releases(after, 1));
        assertThat(OcdsFields.faults("Package", page)).isEmpty();
        releases(page).forEach(one -> found.add(one.get("id")));
        if (!(page.members().get("links") instanceof Value.Struct(var links))) break;
        after = text(links, "next").replaceAll(".*after=", "");
      }
      assertThat(found).isEqualTo(all);
      var one = AccountableCity.json(contracting.recordOf("ocds-213czf-pilot-lamps"));
      assertThat(OcdsFields.faults("RecordPackage", one)).isEmpty();
      assertThatThrownBy(() -> contracting.releasesOf("ocds-213czf-pilot-nowhere"))
          .isInstanceOf(Refusal.NotFound.class);
      assertThatThrownBy(() -> contracting.releasesOf("other"))
          .isInstanceOf(Refusal.NotFound.class);
    }
  }

  private static List<Map<String, Value>> releases(Value.Struct packed) {
    return ((Value.Items) packed.members().get("releases"))
        .items().stream().map(one -> ((Value.Struct) one).members()).toList();
  }

  private static List<String> tags(List<Map<String, Value>> releases, String ocid) {
    return releases.stream()
        .filter(one -> Value.of(ocid).equals(one.get("ocid")))
        .map(one -> {
          var words = new ArrayList<String>();
          for (var tag : ((Value.Items) one.get("tag")).items())
            words.add(((Value.Text) tag).text());
          words.add(text(one, "tender", "status"));
          if (one.get("contracts") instanceof Value.Items(var contracts))
            words.add(text(((Value.Struct) contracts.getFirst()).members(), "status"));
          return String.join(" ", words);
        })
        .toList();
  }

  private static String text(Map<String, Value> members, String... path) {
    Value value = new Value.Struct(members);
    for (var name : path) value = ((Value.Struct) value).members().get(name);
    return ((Value.Text) value).text();
  }

  private static String local(String id) {
    return id.substring(id.lastIndexOf(':') + 1);
  }
}
