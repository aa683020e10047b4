package plaza.demo.taipei;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Value;

/// The register of bike stations, `sites.csv`: which there are, and where.
final class Register {
  private static final String HEADER = "sno,sna,sarea,latitude,longitude,ar,sareaen,aren,act";

  private final Map<String, Station> stations = new LinkedHashMap<>();
  private final List<Faulty> faulty = new ArrayList<>();

  /// One line of the register.
  record Station(
      String sno,
      String name,
      String district,
      double latitude,
      double longitude,
      String address,
      String districtEnglish,
      String addressEnglish,
      String act) {

    /// @param districtIds of the districts that have a polygon, by Chinese name
    Entity entity(Map<String, String> districtIds) {
      var attributes = new ArrayList<Attribute>();
      attributes.add(Terms.text("name", name));
      attributes.add(Terms.location(GeoValue.point(longitude, latitude)));
      attributes.add(Attribute.of(Terms.ADDRESS, postal(address, district, "臺北市")));
      attributes.add(
          Attribute.of(
              Terms.of("englishAddress"), postal(addressEnglish, districtEnglish, "Taipei City")));
      attributes.add(
          Attribute.of(Terms.STATUS, Value.of(act.equals("1") ? "working" : "outOfService")));
      attributes.add(Terms.text("license", Datasets.LICENCE));
      attributes.add(Terms.relationship("refDataset", Datasets.STATIONS));
      var districtId = districtIds.get(district);
      if (districtId != null) attributes.add(Terms.relationship("refDistrict", districtId));
      return Entity.of(Terms.stationId(sno), Terms.STATION, attributes);
    }

    private static Value postal(String street, String locality, String region) {
      var members = new LinkedHashMap<String, Value>();
      members.put("streetAddress", Value.of(street));
      members.put("addressLocality", Value.of(locality));
      members.put("addressRegion", Value.of(region));
      members.put("addressCountry", Value.of("TW"));
      return new Value.Struct(members);
    }
  }

  static Register read(Source source) throws IOException {
    var register = new Register();
    var file = "youbike/sites.csv.gz";
    var lines = new String(source.read(file), StandardCharsets.UTF_8).split("\r?\n", -1);
    if (!lines[0].equals(HEADER))
      throw new IOException(file + " must begin with " + HEADER + ", not with " + lines[0]);
    for (int i = 1; i < lines.length; i++) if (!lines[i].isEmpty()) register.add(file, i, lines[i]);
    return register;
  }

  private void add(String file, int number, String line) {
    var cells = line.split(",", -1);
    if (cells.length != 9) {
      faulty.add(new Faulty(file, number + 1, line, "it has " + cells.length + " cells, not 9"));
      return;
    }
    try {
      var station =
          new Station(
              cells[0],
              cells[1],
              cells[2],
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4]),
              cells[5],
              cells[6],
              cells[7],
              cells[8]);
      stations.put(station.sno(), station);
    } catch (NumberFormatException e) {
      faulty.add(new Faulty(file, number + 1, line, "latitude and longitude must be numbers"));
    }
  }

  Optional<Station> find(String sno) {
    return Optional.ofNullable(stations.get(sno));
  }

  List<Station> list() {
    return List.copyOf(stations.values());
  }

  List<Faulty> faulty() {
    return faulty;
  }

  /// English names of districts, as far as the register has them, by Chinese name.
  Map<String, String> englishDistricts() {
    var names = new HashMap<String, String>();
    for (var station : stations.values())
      names.putIfAbsent(
          station.district(), station.districtEnglish().replaceAll(" Dist\\.?$", " District"));
    return names;
  }
}
