package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

/// `q` where it stands in a document: text there is text (clause 4.9), but habits from other
/// brokers are understood.
final class DocumentQueryTest {
  private static final Context CORE = Contexts.builtIn().core();

  @Test
  void quotesMayBePercentEncodedAsInAUrl() {
    assertThat(asked("line==%22tram 5%22;load>3")).isEqualTo(asked("line==\"tram 5\";load>3"));
    assertThat(asked("line==%22tram%205+6%22")).isEqualTo(asked("line==\"tram 5+6\""));
  }

  @Test
  void whatIsQuotedAlreadyStaysAsItIs() {
    assertThat(QueryParser.q(Map.of("q", Value.of("share==\"5%22\""))))
        .isEqualTo("share==\"5%22\"");
  }

  @Test
  void brokenPercentEncodingIsRefused() {
    assertThatThrownBy(() -> asked("line==%22tram%2"))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("percent-encoding");
  }

  private static Query asked(String q) {
    return QueryParser.parse(new Value.Struct(Map.of("q", Value.of(q))), CORE);
  }
}
