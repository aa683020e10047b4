package plaza.access;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.access.AccessCity.OFFICE;
import static plaza.access.AccessCity.PASSWORD;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.testkit.TestCity;

class SecrecyTest {
  @Test
  void noSecretIsKeptLoggedOrSaid() {
    var logged = new Logged();
    try (var city = new AccessCity()) {
      var token = city.access.setup().begin().orElseThrow();
      var admin = city.access.setup().finish(token, "lin", "Lin", null, PASSWORD);
      var session = city.access.signIn().signIn("lin", PASSWORD, "192.0.2.7");
      var csrf = city.access.authenticator().fromSession(session.token());
      var issued =
          city.access
              .keys()
              .issuePersonal(Actor.of(admin.id()), admin.id(), "x", null, city.inDays(1));
      var secret = issued.text().substring(issued.text().lastIndexOf('_') + 1);
      city.access.signIn().changePassword(admin.id(), PASSWORD, "another four words", "");
      city.access.keys().revoke(OFFICE, issued.key().id(), "test");

      var said = new ArrayList<>(logged.lines);
      said.add(session.toString());
      said.add(issued.toString());
      said.add(admin.toString());
      said.add(csrf.toString());
      for (var attempt :
          List.<Runnable>of(
              () -> city.access.authenticator().fromKey(issued.text()),
              () -> city.access.setup().finish(token, "eve", "Eve", null, PASSWORD),
              () -> city.access.signIn().signIn("lin", PASSWORD, "192.0.2.7"),
              () -> city.access.authenticator().fromSession(session.token() + "x"))) {
        try {
          attempt.run();
        } catch (Refusal refusal) {
          said.add(refusal.toString());
        }
      }
      city.store.feed(Position.START, 10_000).forEach(entry -> said.add(entry.toString()));
      assertThat(city.store.layers()).contains(new Layer("_plaza", "main"));

      for (var line : said)
        assertThat(line)
            .doesNotContain(
                PASSWORD, "another four words", token, session.token(), secret, csrf.csrf());
    } finally {
      logged.close();
    }
  }

  @Test
  void nothingOfThisRoomShowsInTheFaces() {
    try (var city = new AccessCity(AnonymousAccess.OPEN)) {
      city.person("mei");

      assertThat(city.reader.types(Actor.ANONYMOUS, plaza.graph.Address.DEFAULT)).isEmpty();
      city.put(TestCity.daan(1));
      assertThat(city.reader.types(Actor.ANONYMOUS, plaza.graph.Address.DEFAULT))
          .containsExactly(TestCity.STATION);
    }
  }

  private static final class Logged extends Handler {
    final List<String> lines = new ArrayList<>();
    private final Logger root = Logger.getLogger("plaza");

    Logged() {
      setLevel(Level.ALL);
      root.setLevel(Level.ALL);
      root.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      root.removeHandler(this);
    }
  }
}
