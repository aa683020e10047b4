package plaza.links.poll;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.links.kind.Body;
import plaza.links.kind.Identity;
import plaza.links.kind.Inbox;
import plaza.links.kind.Link;
import plaza.links.kind.Message;
import plaza.links.kind.Outside;

/// Reads a table pass by pass. A row is new when the table did not hold it in the last pass; with a
/// sequence column, when its number or time is not below the highest of the last pass.
final class PollLink implements Link {
  private static final String SEQUENCE = "sequence";
  private static final String DIGEST = "digest";

  private final PollSettings settings;
  private final Inbox inbox;
  private final Outside outside;
  private final Source source;

  /// What the last pass of this run held, so that the inbox is not asked about what never changes.
  private Set<Long> lastPass = Set.of();

  PollLink(PollSettings settings, Inbox inbox, Outside outside) {
    this.settings = settings;
    this.inbox = inbox;
    this.outside = outside;
    var url = settings.url();
    this.source =
        url == null
            ? new FileSource(settings, outside.folders())
            : new HttpSource(settings, url, outside.guard());
  }

  @Override
  public void run() throws IOException, InterruptedException {
    while (true) {
      pass();
      Thread.sleep(settings.interval());
    }
  }

  private void pass() throws IOException, InterruptedException {
    var notes = inbox.notes();
    var table = source.fetch(notes);
    if (table.isEmpty()) {
      inbox.reached();
      return;
    }
    var bytes = table.get().bytes();
    var digest = Long.toHexString(Identity.digest(bytes, settings.toString().getBytes(UTF_8)));
    var next = new LinkedHashMap<>(table.get().notes());
    next.put(DIGEST, digest);
    if (digest.equals(notes.get(DIGEST))) {
      var sequence = notes.get(SEQUENCE);
      if (sequence != null) next.put(SEQUENCE, sequence);
      inbox.reached();
      return;
    }
    var pass = new Pass(notes.get(SEQUENCE));
    pass.read(rows(bytes));
    var highest = pass.highest;
    if (highest != null) next.put(SEQUENCE, highest);
    pass.stillThere.addAll(pass.atHighest);
    inbox.endPass(next, pass.stillThere);
    lastPass = pass.stillThere;
  }

  private Iterator<Row> rows(byte[] bytes) {
    return switch (settings.format()) {
      case CSV -> new CsvRows(bytes, settings);
      case JSON -> JsonRows.read(bytes, settings.path()).iterator();
    };
  }

  /// One reading of the table from its beginning to its end.
  private final class Pass {
    private final @Nullable String last;
    private final List<Message> waiting = new ArrayList<>();
    private final Set<Long> stillThere = new HashSet<>();
    private final Set<Long> atHighest = new HashSet<>();
    private @Nullable String highest;

    Pass(@Nullable String last) {
      this.last = last;
      this.highest = last;
    }

    void read(Iterator<Row> rows) throws InterruptedException {
      int count = 0;
      while (rows.hasNext()) {
        var row = rows.next();
        if (++count > settings.maxRows())
          throw new Refusal.TooLarge(
              settings.source()
                  + " has more than "
                  + settings.maxRows()
                  + " rows; raise the link's maxRows if it may");
        row(row);
        if (waiting.size() >= Inbox.MESSAGES_PER_TURN) handOver();
      }
      handOver();
    }

    private void row(Row row) {
      var body = row.body();
      var column = settings.sequence();
      long digest = Identity.digest(body.bytes());
      var sequence =
          column != null && body instanceof Body.Row(var values) ? sequence(values, column) : null;
      if (sequence != null) {
        if (last != null && compare(sequence, last) < 0) return;
        remember(sequence, digest);
      } else {
        stillThere.add(digest);
        if (column != null && body instanceof Body.Row)
          body =
              new Body.Unreadable(
                  body.bytes(), "line " + row.line() + " has no " + column + " to order it by");
      }
      if (lastPass.contains(digest)) return;
      waiting.add(
          new Message(
              settings.source(),
              new Identity.Certain(digest),
              body,
              Map.of("line", Long.toString(row.line())),
              outside.clock().instant()));
    }

    /// Rows with the highest sequence may get neighbours; those below it are over.
    private void remember(String sequence, long digest) {
      var top = highest;
      int order = top == null ? 1 : compare(sequence, top);
      if (order > 0) {
        highest = sequence;
        atHighest.clear();
      }
      if (order >= 0) atHighest.add(digest);
    }

    private void handOver() throws InterruptedException {
      if (!waiting.isEmpty()) inbox.accept(waiting);
      waiting.clear();
    }
  }

  private static @Nullable String sequence(Value.Struct row, String column) {
    return switch (row.members().get(column)) {
      case null -> null;
      case Value.Text(var text) -> text.isBlank() ? null : text;
      case Value.Whole number -> Json.text(number);
      case Value.Decimal number -> Json.text(number);
      case Value.Flag _, Value.Null _, Value.Items _, Value.Struct _ -> null;
    };
  }

  /// As numbers when both are, else as texts, which is right for ISO times.
  private static int compare(String one, String other) {
    try {
      return new BigDecimal(one.strip()).compareTo(new BigDecimal(other.strip()));
    } catch (NumberFormatException _) {
      return one.compareTo(other);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
