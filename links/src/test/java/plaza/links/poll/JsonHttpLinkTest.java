package plaza.links.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static plaza.testkit.Eventually.eventually;
import static plaza.testkit.TestCity.NOON;
import static plaza.testkit.TestCity.XINYI;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import plaza.json.Json;
import plaza.links.DeskSubject;
import plaza.links.kind.Outside;
import plaza.outbound.OutboundGuard;
import plaza.testkit.LinkContract;

/// An open-data portal that shows the last readings as JSON, numbered, packed, with ETags.
class JsonHttpLinkTest extends LinkContract {
  private Portal portal;

  @Override
  protected Subject subject() throws IOException {
    portal = new Portal();
    return portal;
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws Exception {
    portal.start();
    portal.say(XINYI, 7, NOON);
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(7L));
    int sent = portal.sent;

    eventually(() -> assertThat(portal.notModified).isGreaterThan(3));
    assertThat(portal.sent).isEqualTo(sent);
    assertThat(bikes(XINYI)).hasSize(1);
  }

  @Test
  void anErrorOfThePortalIsToldAndPasses() throws Exception {
    portal.status = 503;
    portal.start();
    portal.say(XINYI, 7, NOON);
    eventually(
        () -> assertThat(portal.link.health().sentence()).contains("answered with status 503"));

    portal.status = 200;
    eventually(() -> assertThat(bikes(XINYI)).containsExactly(7L));
    eventually(() -> assertThat(portal.link.health().trouble()).isNull());
  }

  private final class Portal implements Subject {
    private final HttpServer server;
    private final List<String> rows = new ArrayList<>();
    private final DeskSubject link;
    private int numbered;
    private volatile int status = 200;
    private volatile int sent;
    private volatile int notModified;

    Portal() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/old", this::redirect);
      server.createContext("/bikes", this::answer);
      server.start();
      var definition =
          Json.parse(
              """
              {"name": "bikes", "kind": "poll", "freshness": "PT10M",
               "context": {"@vocab": "https://smartdatamodels.org/"},
               "settings": {"url": "http://127.0.0.1:PORT/old", "format": "json",
                 "path": "/result/records", "sequence": "n", "interval": "PT0.1S"},
               "mapping": "{\\"id\\": .row.station, \\"type\\": \\"BikeHireDockingStation\\",
                 \\"availableBikeNumber\\": {\\"value\\": .row.bikes, \\"observedAt\\": .row.seen}}"}
              """
                  .replace("PORT", Integer.toString(server.getAddress().getPort()))
                  .replaceAll("\n +", " "));
      var outside = new Outside(OutboundGuard.ALLOW_PRIVATE, List.of(), clock);
      link = new DeskSubject(city, new PollKind(), outside, definition);
    }

    private void redirect(HttpExchange exchange) throws IOException {
      exchange.getResponseHeaders().add("Location", "/bikes");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
      var etag = "\"" + rows.size() + "\"";
      try (exchange) {
        if (status != 200) {
          exchange.sendResponseHeaders(status, -1);
        } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
          notModified = notModified + 1;
          exchange.sendResponseHeaders(304, -1);
        } else {
          sent = sent + 1;
          var json = "{\"result\": {\"records\": [" + String.join(",", rows) + "]}}";
          var packed = new ByteArrayOutputStream();
          try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(json.getBytes(UTF_8));
          }
          exchange.getResponseHeaders().add("ETag", etag);
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, packed.size());
          packed.writeTo(exchange.getResponseBody());
        }
      }
    }

    @Override
    public void start() {
      link.start();
    }

    @Override
    public void stop() {
      link.stop();
    }

    @Override
    public void pause() {
      link.pause();
    }

    @Override
    public void resume() {
      link.resume();
    }

    @Override
    public synchronized void say(String station, long bikes, Instant at) {
      rows.add(
          "{\"n\": %d, \"station\": \"%s\", \"bikes\": %d, \"seen\": \"%s\"}"
              .formatted(++numbered, station, bikes, at));
    }

    @Override
    public synchronized void sayNonsense(String text) {
      rows.add("{\"n\": %d, \"text\": \"%s\"}".formatted(++numbered, text));
    }

    @Override
    public void sayWithoutHearingTheAcknowledgement(String station, long bikes, Instant at)
        throws Exception {
      link.stopAfterNextCommit(
          store,
          () -> {
            say(station, bikes, at);
            return null;
          });
      link.start();
    }

    @Override
    public boolean healthy() {
      return link.healthy();
    }

    @Override
    public List<String> deadLetters() {
      return link.deadLetters();
    }

    @Override
    public void end() {
      link.stop();
      server.stop(0);
    }
  }
}
