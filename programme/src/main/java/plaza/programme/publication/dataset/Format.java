package plaza.programme.publication.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.programme.publication.Csv;
import plaza.programme.publication.Publisher;
import plaza.programme.record.Canonical;

/// How a dataset is written, row by row as it is read, so that none is too large.
public enum Format {
  JSON("json", "application/json"),
  /// One object a line.
  JSON_LINES("jsonl", "application/jsonl"),
  /// RFC 4180; lists of texts are joined by ` | `, objects are JSON.
  CSV("csv", "text/csv; charset=utf-8; header=present");

  private final String suffix;
  private final String mediaType;

  Format(String suffix, String mediaType) {
    this.suffix = suffix;
    this.mediaType = mediaType;
  }

  public String suffix() {
    return suffix;
  }

  public String mediaType() {
    return mediaType;
  }

  /// Without parameters.
  String bareType() {
    return mediaType.replaceFirst(";.*", "");
  }

  /// As people call it.
  String label() {
    return this == JSON_LINES ? "JSON lines" : name();
  }

  /// Rows that come one after the other.
  @FunctionalInterface
  public interface Rows {
    void each(Consumer<Map<String, Value>> visitor);
  }

  /// Writes all rows and closes the stream.
  public void write(
      String title, List<String> columns, Publisher publisher, Rows rows, OutputStream to) {
    switch (this) {
      case JSON -> json(title, publisher, rows, to);
      case JSON_LINES -> lines(rows, to, row -> Json.text(new Value.Struct(row)) + "\n", "");
      case CSV ->
          lines(
              rows,
              to,
              row ->
                  Csv.line(
                      columns.stream()
                          .map(column -> cell(row.getOrDefault(column, Value.Null.VALUE)))
                          .toList()),
              Csv.line(columns));
    }
  }

  private static void json(String title, Publisher publisher, Rows rows, OutputStream to) {
    try (var out = new JsonWriter(to)) {
      out.startObject()
          .member("title", title)
          .member("publisher", publisher.name())
          .member("licence", publisher.licence())
          .name("records")
          .startArray();
      rows.each(row -> out.value(new Value.Struct(row)));
      out.endArray().endObject();
    }
  }

  @FunctionalInterface
  private interface Line {
    String of(Map<String, Value> row);
  }

  private static void lines(Rows rows, OutputStream to, Line line, String head) {
    try (to) {
      to.write(head.getBytes(StandardCharsets.UTF_8));
      rows.each(row -> {
        try {
          to.write(line.of(row).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          throw new UncheckedIOException("a dataset could not be sent", e);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException("a dataset could not be sent", e);
    }
  }

  private static String cell(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Null _ -> "";
      case Value.Items(var items) when items.stream().allMatch(Value.Text.class::isInstance) ->
          String.join(" | ", items.stream().map(one -> ((Value.Text) one).text()).toList());
      case Value.Whole _, Value.Decimal _, Value.Flag _, Value.Items _, Value.Struct _ ->
          Canonical.text(value);
    };
  }
}
