package plaza.programme.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What leaves a written text on its way out, and what stays.
class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write to mei.lin+bikes@example.org.tw",
        "林@例子.台灣",
        "call +886 912 345 678",
        "call 0912-345-678",
        "call (02) 2345-6789",
        "call 02 23456789",
        "0912345678",
        "urn:plaza:person:abc123"
      })
  void contactDataAreTakenOut(String text) {
    assertThat(Redaction.of(text)).contains("[removed]").doesNotContainPattern("\\d{4}|@|person");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-07-06T00:00:00Z",
        "from 2026-07-06 to 2026-07-18",
        "urn:ngsi-ld:Need:01KT134R00RK7PATVN3ZE8GK3X",
        "https://plaza.example/permits/202612345678",
        "https://plaza.example/?permit=202612345678",
        "SHA-256 9f0a4225cfc4a7bbb432fe1b383d238e28a34d3283958479c48fba9cc8a5a3fd",
        "300000.10",
        "12345678901234.20",
        "NT$ 30,000,000 for 12 000 seats",
        "30000000",
        "Lane 5, 100 Park Road, 11044"
      })
  void whatIsNoContactStays(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }
}
