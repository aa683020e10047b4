package plaza.links.poll;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.links.kind.Body;

/// The rows of a CSV text (RFC 4180). A broken row is told with its line, and reading goes on after
/// it: a quote that is never closed would otherwise swallow everything behind it.
final class CsvRows implements Iterator<Row> {
  private static final int NEW_STARTS = 10_000;
  private static final char UNDECODABLE = '\uFFFD';

  private final byte[] bytes;
  private final PollSettings settings;
  private final List<String> columns;
  private Iterator<CsvRecord> records;

  // The reader began at the start of this line; lines in FastCSV's count are relative to it.
  private long firstLine = 1;
  private int newStarts;
  private long lastLine;

  // How far lines have been counted in the bytes.
  private long countedLine = 1;
  private int countedAt;

  private @Nullable Row next;

  /// @throws Refusal.Invalid when the header line cannot be read
  CsvRows(byte[] bytes, PollSettings settings) {
    this.bytes = bytes;
    this.settings = settings;
    this.records = startAt(1);
    this.columns = settings.columns().isEmpty() ? header() : settings.columns();
    if (new HashSet<>(columns).size() < columns.size())
      throw new Refusal.Invalid("two columns have the same name: " + columns);
    this.next = read();
  }

  private List<String> header() {
    try {
      if (!records.hasNext()) return List.of();
      var header = records.next();
      lastLine = header.getStartingLineNumber();
      return List.copyOf(header.getFields());
    } catch (CsvParseException e) {
      throw new Refusal.Invalid("the header line cannot be read: " + e.getMessage());
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    var row = next;
    if (row == null) throw new NoSuchElementException();
    next = read();
    return row;
  }

  private @Nullable Row read() {
    try {
      if (!records.hasNext()) return null;
      return row(records.next());
    } catch (CsvParseException e) {
      // The reader gave up somewhere behind the last good row.
      return broken(nextTextLine(lastLine + 1), "is broken: " + e.getMessage());
    }
  }

  private Row row(CsvRecord row) {
    long line = firstLine + row.getStartingLineNumber() - 1;
    var fields = row.getFields();
    long lineBreaks = fields.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    if (lineBreaks > 0 && (fields.size() != columns.size() || hasOpenQuote(line, lineBreaks)))
      return broken(line, "has a quote that is not closed");
    if (fields.size() != columns.size()) {
      lastLine = line;
      return unreadable(line, "has " + fields.size() + " fields, not " + columns.size());
    }
    lastLine = line + lineBreaks;
    var members = new LinkedHashMap<String, Value>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).indexOf(UNDECODABLE) >= 0)
        return unreadable(line, "is no " + settings.charset() + " text");
      members.put(columns.get(i), Value.of(fields.get(i)));
    }
    return new Row(line, new Body.Row(new Value.Struct(members)));
  }

  /// Whether the row's quotes are odd in number: it then ended with the text, not with a quote.
  private boolean hasOpenQuote(long line, long lineBreaks) {
    int start = offset(line);
    int end = offset(line + lineBreaks + 1);
    countedLine = line;
    countedAt = start;
    int quotes = 0;
    for (int i = start; i < end; i++) if (bytes[i] == settings.quote()) quotes++;
    return quotes % 2 == 1;
  }

  /// Gives the line up and begins anew behind it.
  private Row broken(long line, String reason) {
    if (++newStarts > NEW_STARTS)
      throw new Refusal.Invalid(
          settings.source() + " has more than " + NEW_STARTS + " broken rows; is it CSV?");
    var row = unreadable(line, reason);
    records = startAt(line + 1);
    lastLine = line;
    return row;
  }

  private Row unreadable(long line, String reason) {
    int start = offset(line);
    int end = start;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') end++;
    return new Row(
        line,
        new Body.Unreadable(
            new String(bytes, start, end - start, settings.charset()),
            "line " + line + " " + reason));
  }

  private Iterator<CsvRecord> startAt(long line) {
    int start = offset(line);
    firstLine = line;
    return CsvReader.builder()
        .fieldSeparator(settings.separator())
        .quoteCharacter(settings.quote())
        .allowExtraFields(true)
        .allowMissingFields(true)
        .detectBomHeader(false)
        .ofCsvRecord(
            new InputStreamReader(
                new ByteArrayInputStream(bytes, start, bytes.length - start), settings.charset()))
        .iterator();
  }

  private long nextTextLine(long line) {
    long at = line;
    while (offset(at) < bytes.length && (bytes[offset(at)] == '\n' || bytes[offset(at)] == '\r'))
      at++;
    return at;
  }

  /// Where a line begins. Asked for growing lines mostly, so it goes on from where it was.
  private int offset(long line) {
    if (line < countedLine) {
      countedLine = 1;
      countedAt = 0;
    }
    if (countedAt == 0) countedAt = byteOrderMark();
    while (countedLine < line && countedAt < bytes.length) {
      byte at = bytes[countedAt++];
      if (at == '\n') countedLine++;
      else if (at == '\r') {
        if (countedAt < bytes.length && bytes[countedAt] == '\n') countedAt++;
        countedLine++;
      }
    }
    return countedAt;
  }

  private int byteOrderMark() {
    return bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF
        ? 3
        : 0;
  }
}
