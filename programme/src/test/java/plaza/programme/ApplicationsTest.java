package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.programme.publication.Csv;
import plaza.programme.publication.foi.Applications;

/// The thirteen columns that a freedom-of-information request asks for.
class ApplicationsTest {
  @Test
  void everyApplicantOfADecidedCallHasARowWithHowFarItCame() {
    try (var told = new AccountableCity().told()) {
      var rows = told.publications().applications(Address.DEFAULT).rows();

      assertThat(Applications.COLUMNS).hasSize(13);
      assertThat(rows)
          .allSatisfy(
              row -> assertThat(row.keySet()).containsExactlyElementsOf(Applications.COLUMNS));
      assertThat(rows.stream().map(row -> row.get("applicant") + ": " + row.get("stage reached")))
          .containsExactly(
              "Wheels Ltd: pilot: scaled",
              "=Pedals, \"Coop\": shortlisted",
              "Hopefuls: ineligible",
              "Wheels Ltd: pilot: active");
      var first = rows.getFirst();
      assertThat(first)
          .containsEntry("registration number", "12345678")
          .containsEntry("address", "Park Road 1")
          .containsEntry("round", "2026-06-02 to 2026-06-18")
          .containsEntry("sponsor", "Department of Transport")
          .containsEntry("challenge", "Bikes at seven")
          .containsEntry("solution", "Rebalance by night")
          .containsEntry("agreement signed", "2026-06-29")
          .containsEntry("agreement value", "120000.30 TWD")
          .containsEntry("further agreements", "Rebalance by night")
          .containsEntry("in use now", "yes");
      assertThat(rows.get(2)).containsEntry("solution", "").containsEntry("in use now", "no");
    }
  }

  @Test
  void noPersonAndNothingSealedIsInIt() {
    try (var told = new AccountableCity().told()) {
      var text = told.publications().applications(Address.DEFAULT).rows().toString();
      assertThat(text).doesNotContain("zz", "Zzz", "Sealed", "Secret", "@", "urn:");
    }
  }

  @Test
  void aTableRunsNothingInASpreadsheet() {
    assertThat(Csv.line(List.of("=1+1", "+SUM(A1)", "-2+3", "@cmd", "\tx", "＝1", " =x")))
        .isEqualTo("'=1+1,'+SUM(A1),'-2+3,'@cmd,'\tx,'＝1,' =x\r\n");
    assertThat(Csv.line(List.of("-2.50", "2026-06-01", "臺北"))).isEqualTo("-2.50,2026-06-01,臺北\r\n");
  }

  /// RFC 4180 §2.
  @Test
  void cellsWithCommasQuotesOrLineBreaksAreQuoted() {
    assertThat(Csv.line(List.of("a,b", "say \"yes\"", "two\r\nlines", "")))
        .isEqualTo("\"a,b\",\"say \"\"yes\"\"\",\"two\r\nlines\",\r\n");
  }
}
