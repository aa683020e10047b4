package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.AccountableCity.PUBLISHER;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Value;
import plaza.json.Json;

/// Grants of money as 360Giving data, version 1.1
/// (https://standard.threesixtygiving.org/en/1.1/reference/).
class GrantsOfMoneyTest {
  /// Of the reference's sheet "grant".
  private static final Set<String> GRANT =
      Set.of(
          "id",
          "title",
          "description",
          "currency",
          "amountAwarded",
          "amountDisbursed",
          "awardDate",
          "url",
          "plannedDates",
          "recipientOrganization",
          "fundingOrganization",
          "grantProgramme",
          "fromOpenCall",
          "disbursementTransaction",
          "dateModified",
          "dataSource");

  private static final List<String> REQUIRED =
      List.of(
          "id",
          "title",
          "description",
          "currency",
          "amountAwarded",
          "awardDate",
          "recipientOrganization",
          "fundingOrganization");

  private static final Set<String> ORGANISATION =
      Set.of("id", "name", "streetAddress", "companyNumber", "organisationType");

  @Test
  void aGrantThatWasClosedIsPublishedWithWhatWasPaidOfIt() {
    try (var told = new AccountableCity().told()) {
      var sheet = told.publications().grants(Address.DEFAULT, PUBLISHER).sheet();
      var json = AccountableCity.json(sheet);
      var grants = ((Value.Items) json.members().get("grants")).items();
      assertThat(json.members()).containsEntry("version", Value.of("1.1"));
      assertThat(grants).as("no loan, no equity, nothing in kind").hasSize(2);
      var grant = ((Value.Struct) grants.getFirst()).members();
      assertThat(GRANT).containsAll(grant.keySet());
      assertThat(grant).containsKeys(REQUIRED.toArray(String[]::new));
      assertThat(Json.text(grant.get("id"))).startsWith("\"360G-plaza-");
      assertThat(grant)
          .containsEntry("currency", Value.of("TWD"))
          .containsEntry("awardDate", Value.of("2026-07-20"))
          .containsEntry("fromOpenCall", Value.of("Yes"));
      assertThat(new String(sheet.bytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("\"amountAwarded\":40000.10", "\"amountDisbursed\":40000.10")
          .contains("\"value\":30000.05", "\"value\":10000.05");
      for (var side : List.of("recipientOrganization", "fundingOrganization")) {
        var party = (Value.Struct) ((Value.Items) grant.get(side)).items().getFirst();
        assertThat(ORGANISATION).containsAll(party.members().keySet());
        assertThat(party.members()).containsKeys("id", "name");
      }
      assertThat(Json.text(grant.get("recipientOrganization"))).contains("\"TW-BAN-12345678\"");
      assertThat(Json.text(grant.get("fundingOrganization")))
          .contains("\"360G-plaza-ORG-transport\"");
      assertThat(Json.text(json)).doesNotContain("zz", "Zzz", "Sealed", "@");
    }
  }

  @Test
  void aRoundThatIsStillOpenTellsNothing() {
    try (var told = new AccountableCity()) {
      assertThat(
              Json.text(
                  AccountableCity.json(
                      told.publications().grants(Address.DEFAULT, PUBLISHER).sheet())))
          .contains("\"grants\":[]");
    }
  }
}
