package plaza.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.access.AnonymousAccess;
import plaza.graph.Refusal;
import plaza.ngsild.distribute.SourceLimits;
import plaza.ngsild.http.ConsumptionLimits;
import plaza.ngsild.snapshot.SnapshotLimits;
import plaza.ngsild.subscription.delivery.CourierLimits;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void aFlagBeatsTheEnvironmentWhichBeatsTheFile() throws IOException {
    var file = file("port: 1\nlimits:\n  page: 10\n  batch: 20\n");
    var environment = Map.of("PLAZA_PORT", "2", "PLAZA_LIMITS_PAGE", "11");
    var configuration = configuration(environment, "--config", file, "--port=3");

    assertThat(configuration.get(Settings.PORT)).isEqualTo(3);
    assertThat(configuration.get(Settings.PAGE)).isEqualTo(11);
    assertThat(configuration.get(Settings.BATCH)).isEqualTo(20);
    assertThat(configuration.chosen(Settings.PORT).origin()).isEqualTo("--port");
    assertThat(configuration.chosen(Settings.PAGE).origin()).isEqualTo("PLAZA_LIMITS_PAGE");
    assertThat(configuration.chosen(Settings.BATCH).origin()).isEqualTo(file);
    assertThat(configuration.chosen(Settings.GRACE).origin()).isEqualTo("default");
    assertThat(configuration.words()).contains("limits.page:").contains("# PLAZA_LIMITS_PAGE");
  }

  @Test
  void whatIsNoSettingIsRefusedWithTheNearestName() throws IOException {
    var file = file("limits: {pages: 10}\n");
    assertThatThrownBy(() -> configuration(Map.of(), "--config", file))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("limits.pages")
        .hasMessageContaining("did you mean 'limits.page'?");
    assertThatThrownBy(() -> configuration(Map.of(), "--prot", "1"))
        .hasMessageContaining("did you mean '--port'?");
    assertThatThrownBy(() -> configuration(Map.of("PLAZA_PROT", "1")))
        .hasMessageContaining("did you mean 'PLAZA_PORT'?");
  }

  @Test
  void aValueOfAnotherKindIsRefusedWithTheKind() {
    assertThatThrownBy(() -> configuration(Map.of(), "--port", "65536"))
        .hasMessage("--port must be a whole number from 0 to 65535, not '65536'");
    assertThatThrownBy(() -> configuration(Map.of(), "--timeout-read", "60"))
        .hasMessageContaining("duration such as 30s");
    assertThatThrownBy(() -> configuration(Map.of(), "--anonymous", "everything"))
        .hasMessageContaining("one of none, read-public, open");
    assertThatThrownBy(() -> configuration(Map.of(), "--port"))
        .hasMessageContaining("needs a value");
  }

  @Test
  void theVariablesOfTheLauncherAreNoSettings() {
    var settings = Settings.of(configuration(Map.of("PLAZA_HEAP", "1g", "PLAZA_AOT", "off")));
    assertThat(settings.web().port()).isEqualTo(8080);
    assertThat(settings.access().anonymous()).isEqualTo(AnonymousAccess.NONE);
    assertThat(settings.web().readTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void openIsOnlyForLoopback() {
    assertThat(Settings.of(configuration(Map.of(), "--open")).isOpen()).isTrue();
    assertThatThrownBy(() -> Settings.of(configuration(Map.of(), "--open", "--bind", "0.0.0.0")))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessageContaining("only for a loopback address");
  }

  @Test
  void aFileThatIsNoYamlIsRefusedByName() throws IOException {
    var file = file("port: [1\n");
    assertThatThrownBy(() -> configuration(Map.of(), "--config", file))
        .hasMessageContaining(file)
        .hasMessageContaining("no YAML");
    assertThatThrownBy(() -> configuration(Map.of(), "--config", folder + "/none.yaml"))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void noTwoSettingsShareAVariableOrAFlag() {
    var names = new HashSet<String>();
    for (var setting : Settings.all())
      assertThat(names.add(setting.variable()) && names.add(setting.flag()))
          .as(setting.name())
          .isTrue();
  }

  @Test
  void theBoundsOfNgsiLdAreAsTheyAlwaysWereUnlessSomebodySays() {
    var standard = Settings.of(configuration(Map.of())).ngsiLd();

    assertThat(standard.sources()).isEqualTo(SourceLimits.DEFAULT);
    assertThat(standard.queries()).isEqualTo(ConsumptionLimits.DEFAULT);
    assertThat(standard.snapshots()).isEqualTo(SnapshotLimits.DEFAULT);
    assertThat(standard.delivery()).isEqualTo(CourierLimits.DEFAULT);
    var changed =
        Settings.of(
                configuration(
                    Map.of("PLAZA_SOURCES_SPLIT_ENTITIES", "false"),
                    "--snapshots-per-tenant",
                    "3",
                    "--queries-map-lifetime=1m"))
            .ngsiLd();
    assertThat(changed.snapshots().perTenant()).isEqualTo(3);
    assertThat(changed.queries().usualEntityMapLifetime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(changed.sources().split()).isEqualTo(SourceLimits.Split.FALSE);
    assertThatThrownBy(() -> Settings.of(configuration(Map.of(), "--sources-timeout=2m")))
        .isInstanceOf(Refusal.Invalid.class)
        .hasMessage(
            "sources.timeout must be more than nothing and at most sources.longest-timeout, which"
                + " is 60s, not 2m");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("plaza.yaml"), text).toString();
  }

  private static Configuration configuration(Map<String, String> environment, String... arguments) {
    return Configuration.of(Settings.all(), Map.of(), environment, List.of(arguments));
  }
}
