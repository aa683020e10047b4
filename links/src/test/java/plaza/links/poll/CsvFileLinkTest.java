package plaza.links.poll;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import plaza.json.Json;
import plaza.links.DeskSubject;
import plaza.links.kind.Outside;
import plaza.outbound.OutboundGuard;
import plaza.testkit.LinkContract;

/// A table that grows by a line with everything the island says.
class CsvFileLinkTest extends LinkContract {
  @TempDir Path folder;

  @Override
  protected Subject subject() {
    return new Table();
  }

  private final class Table implements Subject {
    private final Path file = folder.resolve("bikes.csv");
    private final StringBuilder text = new StringBuilder("station,bikes,seen\n");
    private final DeskSubject link;

    Table() {
      var definition =
          Json.parse(
              """
              {"name": "bikes", "kind": "poll", "freshness": "PT10M",
               "context": {"@vocab": "https://smartdatamodels.org/"},
               "settings": {"file": "bikes.csv", "interval": "PT0.1S"},
               "mapping": "{\\"id\\": .row.station, \\"type\\": \\"BikeHireDockingStation\\",
                 \\"availableBikeNumber\\":
                   {\\"value\\": number(.row.bikes), \\"observedAt\\": .row.seen}}"}
              """
                  .replaceAll("\n +", " "));
      var outside = new Outside(OutboundGuard.STRICT, List.of(folder), clock);
      link = new DeskSubject(city, new PollKind(), outside, definition);
    }

    private synchronized void append(String line) throws IOException {
      text.append(line).append('\n');
      var draft = folder.resolve("draft");
      Files.writeString(draft, text, UTF_8);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void start() throws IOException {
      if (!Files.exists(file)) Files.writeString(file, text, UTF_8);
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
    public void say(String station, long bikes, Instant at) throws IOException {
      append(station + "," + bikes + "," + at);
    }

    @Override
    public void sayNonsense(String nonsense) throws IOException {
      append(nonsense);
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
    }
  }
}
