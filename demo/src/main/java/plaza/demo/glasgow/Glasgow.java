package plaza.demo.glasgow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Address;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Describes Glasgow's districts, sites and clusters as its programme office would.
public final class Glasgow {
  public static final String TENANT = "glasgow";
  public static final Address ADDRESS = Address.tenant(TENANT);
  private static final String ZONE = "Europe/London";

  private final Path folder;
  private final Programme programme;
  private final Caller office;

  /// @param folder of `places.csv` and `clusters.csv`
  /// @param office somebody who is the pmo of the tenant
  public Glasgow(Path folder, Programme programme, Caller office) {
    this.folder = folder;
    this.programme = programme;
    this.office = office;
  }

  public boolean hasData() {
    return Files.isRegularFile(folder.resolve("places.csv"));
  }

  public boolean isThere() {
    return !programme.list(office, Kind.PLACE, List.of(), 0, 1).isEmpty();
  }

  /// @return what was described, in words
  public String describe() throws IOException {
    int places = 0;
    int clusters = 0;
    for (var row : rows("places.csv")) {
      programme.hub().places().open(office, new Value.Struct(place(row)));
      places++;
    }
    for (var row : rows("clusters.csv")) {
      programme.hub().clusters().openCluster(office, new Value.Struct(cluster(row)));
      clusters++;
    }
    bookable();
    return places + " places and " + clusters + " clusters of Glasgow, positions approximate";
  }

  /// An anchor institution is a site like others; that it is an anchor is said in words.
  private static Map<String, Value> place(Map<String, String> row) {
    var place = new LinkedHashMap<String, Value>();
    place.put("name", Value.of(row.getOrDefault("name", "")));
    place.put("slug", Value.of(slug(row.getOrDefault("id", ""))));
    var kind = row.getOrDefault("kind", "");
    place.put("kind", Value.of(kind.equals("district") ? "district" : "site"));
    if (kind.equals("anchor")) place.put("description", Value.of("An anchor of its district."));
    if (!row.getOrDefault("district", "").isEmpty())
      place.put("within", Value.of(Ids.id(Kind.PLACE, slug(row.getOrDefault("district", "")))));
    place.put(
        "location",
        GeoJson.point(
            Double.parseDouble(row.getOrDefault("lon", "")),
            Double.parseDouble(row.getOrDefault("lat", ""))));
    put(place, "locationQuality", row.get("coord_quality"));
    put(place, "address", row.get("address"));
    put(place, "fact", row.get("fact"));
    put(place, "source", row.get("source"));
    place.put("timeZone", Value.of(ZONE));
    return place;
  }

  private static void put(
      Map<String, Value> fields, String name, @org.jspecify.annotations.Nullable String text) {
    if (text != null && !text.isBlank()) fields.put(name, Value.of(text));
  }

  private static Map<String, Value> cluster(Map<String, String> row) {
    var theme = row.getOrDefault("cluster", "");
    var cluster = new LinkedHashMap<String, Value>();
    cluster.put("title", Value.of(theme + " cluster"));
    cluster.put("theme", Value.of(theme));
    cluster.put(
        "slug", Value.of("glasgow-" + theme.toLowerCase(java.util.Locale.ROOT).replace(' ', '-')));
    cluster.put(
        "places", Value.of(List.of(Ids.id(Kind.PLACE, slug(row.getOrDefault("district", ""))))));
    put(cluster, "source", row.get("note"));
    return cluster;
  }

  private static String slug(String id) {
    return "glasgow-" + id;
  }

  /// Something to book, so that its calendar can be seen: invented, and called so.
  private void bookable() {
    var hours = new LinkedHashMap<String, Value>();
    hours.put("days", Value.of(List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")));
    hours.put("from", Value.of("08:00"));
    hours.put("until", Value.of("20:00"));
    var room = new LinkedHashMap<String, Value>();
    room.put("name", Value.of("Workshop bench (invented for the demo)"));
    room.put("slug", Value.of("glasgow-demo-bench"));
    room.put("kind", Value.of("space"));
    room.put("within", Value.of(Ids.id(Kind.PLACE, slug("tontine"))));
    room.put("capacity", Value.of(4));
    room.put("unit", Value.of("benches"));
    room.put("autoConfirm", Value.of(true));
    room.put("openingHours", new Value.Items(List.of(new Value.Struct(hours))));
    room.put("locationQuality", Value.of("approx ±150 m"));
    programme.hub().places().open(office, new Value.Struct(room));
  }

  private List<Map<String, String>> rows(String file) throws IOException {
    var lines = Files.readAllLines(folder.resolve(file));
    var names = cells(lines.getFirst());
    var rows = new ArrayList<Map<String, String>>();
    for (var line : lines.subList(1, lines.size())) {
      if (line.isBlank()) continue;
      var cells = cells(line);
      if (cells.size() != names.size())
        throw new IOException(file + " has a row of " + cells.size() + " cells: " + line);
      var row = new LinkedHashMap<String, String>();
      for (int i = 0; i < cells.size(); i++) row.put(names.get(i), cells.get(i));
      rows.add(row);
    }
    return rows;
  }

  /// The cells of a line of CSV (RFC 4180), of which some stand in quotes.
  static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else cell.append(c);
    }
    cells.add(cell.toString());
    return cells;
  }
}
