package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.access.AccessCity.OFFICE;
import static plaza.access.AccessCity.PASSWORD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.access.people.Role;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.TestCity;

/// The room over the store that cities use.
class OnDiskTest {
  private static final String ADDRESS = "192.0.2.7";

  @TempDir Path folder;

  @Test
  void whoMayDoWhatSurvivesARestartAndItsSecretsAreNotInTheFiles() throws IOException {
    String token;
    String key;
    String setupToken;
    try (var city = open()) {
      setupToken = city.access.setup().begin().orElseThrow();
      var steward = city.access.setup().finish(setupToken, "lin", "Lin Marker", null, PASSWORD);
      token = city.access.signIn().signIn("lin", PASSWORD, ADDRESS).token();
      city.fill();
      key = city.pilotKey().text();
      city.access.grants().give(OFFICE, city.terms(AccessCity.DAAN_DISTRICT, Set.of()));
      var lost = city.pilotKey();
      city.access.keys().revoke(Actor.of(steward.id()), lost.key().id(), "lost");
    }

    try (var city = open()) {
      var caller = city.access.authenticator().fromSession(token);
      assertThat(caller.roles()).contains(Role.ADMIN);
      assertThat(city.access.signIn().signIn("lin", PASSWORD, ADDRESS)).isNotNull();
      assertThat(city.access.setup().begin()).isEmpty();
      var pilot = city.access.authenticator().fromKey(key).actor();
      assertThat(city.get(pilot, TestCity.DAAN)).isNotNull();
      assertThatThrownBy(() -> city.get(pilot, TestCity.XINYI))
          .isInstanceOf(Refusal.Forbidden.class);
      assertThat(city.access.audit().verify()).isEmpty();
      assertThat(city.store.verify()).isEmpty();
    }

    boolean seen = false;
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        seen |= bytes.contains("Lin Marker");
        assertThat(bytes)
            .as(file.toString())
            .doesNotContain(
                PASSWORD, token, setupToken, key, key.substring(key.indexOf('_', 4) + 1));
      }
    }
    // Else the files would be unreadable to this test, and it would show nothing.
    assertThat(seen).isTrue();
  }

  private AccessCity open() {
    return new AccessCity(
        RocksStore.open(folder.resolve("store"), RocksOptions.DEFAULT), AnonymousAccess.NONE);
  }
}
