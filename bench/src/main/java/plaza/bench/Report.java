package plaza.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.json.Json;

/// The figures of a run, as a table while they come and as JSON at the end.
final class Report {
  private final List<Figure> figures = new ArrayList<>();

  void add(Figure figure) {
    figures.add(figure);
    System.out.println(figure.row());
  }

  void write(Path file) throws IOException {
    var rows = new ArrayList<Value>();
    for (var figure : figures) {
      var row = new LinkedHashMap<String, Value>();
      row.put("name", Value.of(figure.name()));
      row.put("value", Double.isNaN(figure.value()) ? Value.Null.VALUE : Value.of(figure.value()));
      row.put("unit", Value.of(figure.unit()));
      row.put("must", Value.of(figure.must()));
      row.put("aim", Value.of(figure.aim()));
      row.put("verdict", Value.of(figure.verdict()));
      row.put("note", Value.of(figure.note()));
      rows.add(new Value.Struct(row));
    }
    var document =
        Map.<String, Value>of(
            "at", Value.of(Instant.now().toString()),
            "java", Value.of(Runtime.version().toString()),
            "processors", Value.of(Runtime.getRuntime().availableProcessors()),
            "figures", new Value.Items(rows));
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) Files.createDirectories(folder);
    Files.write(file, Json.bytes(new Value.Struct(document)));
    System.out.println("written to " + file);
  }
}
