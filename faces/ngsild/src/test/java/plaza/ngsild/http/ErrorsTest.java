package plaza.ngsild.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;

class ErrorsTest {
  @Test
  void clause556AMistakeIsAnInternalError() {
    var told = NgsiLdFace.ERRORS.mistake(new Refusal.Unavailable("Plaza made a mistake"));

    assertThat(told.status()).isEqualTo(500);
    assertThat(told.contentType()).isEqualTo("application/json");
    assertThat(new String(told.body(), StandardCharsets.UTF_8))
        .contains("\"https://uri.etsi.org/ngsi-ld/errors/InternalError\"", "\"status\":500");
  }

  @Test
  void clause6314TheTenantStandsInErrorsToo() {
    assertThat(NgsiLdFace.ERRORS.echoed()).containsExactly("NGSILD-Tenant");
  }
}
