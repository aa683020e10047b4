package plaza.links.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.links.kind.Body;
import plaza.links.kind.Settings;

class CsvRowsTest {
  @Test
  void aRowIsAnObjectOfTexts() {
    assertThat(rows("sno,name\n500101001,\"Daan, Exit 1\"\n\n500101002,\"a \"\"b\"\"\nc\"\n", ""))
        .containsExactly(
            "2 {\"sno\":\"500101001\",\"name\":\"Daan, Exit 1\"}",
            "4 {\"sno\":\"500101002\",\"name\":\"a \\\"b\\\"\\nc\"}");
  }

  @Test
  void separatorsQuotesAndColumnsMayBeOthers() {
    assertThat(
            rows(
                "1;'a;b'\r\n2;c\r\n",
                ", \"separator\": \";\", \"quote\": \"'\", \"columns\": [\"n\", \"text\"]"))
        .containsExactly("1 {\"n\":\"1\",\"text\":\"a;b\"}", "2 {\"n\":\"2\",\"text\":\"c\"}");
  }

  @Test
  void aRowWithTooFewOrTooManyFieldsIsToldWithItsLine() {
    assertThat(rows("a,b\n1,2\n3\n4,5,6\n7,8\n", ""))
        .containsExactly(
            "2 {\"a\":\"1\",\"b\":\"2\"}",
            "3 broken: 3 | line 3 has 1 fields, not 2",
            "4 broken: 4,5,6 | line 4 has 3 fields, not 2",
            "5 {\"a\":\"7\",\"b\":\"8\"}");
  }

  @Test
  void aQuoteThatIsNeverClosedSwallowsItsOwnLineOnly() {
    assertThat(rows("a,b\n1,2\n3,\"4\n5,6\n7,8\n", ""))
        .satisfiesExactly(
            row -> assertThat(row).isEqualTo("2 {\"a\":\"1\",\"b\":\"2\"}"),
            row -> assertThat(row).startsWith("3 broken: 3,\"4 |"),
            row -> assertThat(row).isEqualTo("4 {\"a\":\"5\",\"b\":\"6\"}"),
            row -> assertThat(row).isEqualTo("5 {\"a\":\"7\",\"b\":\"8\"}"));
  }

  @Test
  void textBehindAClosingQuoteIsBroken() {
    assertThat(rows("a,b\n\"1\"x,2\n3,4\n", ""))
        .satisfiesExactly(
            row -> assertThat(row).startsWith("2 broken: \"1\"x,2 |"),
            row -> assertThat(row).isEqualTo("3 {\"a\":\"3\",\"b\":\"4\"}"));
  }

  @Test
  void bytesOfAnotherEncodingAreTold() {
    var bytes = "名,b\n大安,2\n".getBytes(Charset.forName("Big5"));
    assertThat(read(bytes, ", \"charset\": \"Big5\""))
        .containsExactly("2 {\"名\":\"大安\",\"b\":\"2\"}");
    assertThat(read("a,b\nD\u00e9,2\n".getBytes(Charset.forName("ISO-8859-1")), ""))
        .singleElement()
        .asString()
        .endsWith("| line 2 is no UTF-8 text");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstColumn() {
    assertThat(rows("\uFEFFa,b\n1,2\n", "")).containsExactly("2 {\"a\":\"1\",\"b\":\"2\"}");
  }

  @Test
  void anEmptyTableHasNoRows() {
    assertThat(rows("", "")).isEmpty();
    assertThat(rows("a,b\n", "")).isEmpty();
  }

  @Test
  void columnsOfTheSameNameAreRefused() {
    assertThatThrownBy(() -> rows("a,a\n1,2\n", ""))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("[a, a]");
  }

  private static List<String> rows(String csv, String settings) {
    return read(csv.getBytes(UTF_8), settings);
  }

  private static List<String> read(byte[] csv, String settings) {
    var struct = (Value.Struct) Json.parse("{\"file\": \"x.csv\"" + settings + "}");
    var rows = new ArrayList<String>();
    new CsvRows(csv, PollSettings.of(new Settings(struct)))
        .forEachRemaining(row -> rows.add(row.line() + " " + show(row.body())));
    return rows;
  }

  private static String show(Body body) {
    return body instanceof Body.Unreadable(var bytes, var reason)
        ? "broken: " + new String(bytes, UTF_8) + " | " + reason
        : new String(body.bytes(), UTF_8);
  }
}
