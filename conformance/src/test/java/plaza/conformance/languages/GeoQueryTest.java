package plaza.conformance.languages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

/// Geo-queries, against points p and q, a line l, squares s (big) and t (small, inside s) and n,
/// which is nowhere.
@Clause("4.10")
class GeoQueryTest extends Checks {
  private static final String TYPE = newType();
  private static final String ID = "urn:ngsi-ld:" + TYPE + ":";

  static {
    place("p", "Point", "[8,40]");
    place("q", "Point", "[8.01,40]");
    place("l", "LineString", "[[7,40],[9,40]]");
    place("s", "Polygon", "[[[0,0],[4,0],[4,4],[0,4],[0,0]]]");
    place("t", "Polygon", "[[[1,1],[2,1],[2,2],[1,2],[1,1]]]");
    create(
        ID + "n",
        TYPE,
        "'observationSpace':{'type':'GeoProperty','value':{'type':'Point','coordinates':[8,40]}}");
  }

  private static void place(String name, String type, String coordinates) {
    create(
        ID + name,
        TYPE,
        "'location':{'type':'GeoProperty','value':{'type':'%s','coordinates':%s}}"
            .formatted(type, coordinates));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "near;maxDistance==2000 | Point | [8,40] | lpq",
        "near;maxDistance==500 | Point | [8,40] | lp",
        "near;maxDistance==0.5 | Point | [8,40] | lp",
        "near;minDistance==500 | Point | [8,40] | qst",
        "near;maxDistance==2000 | LineString | [[8,39.99],[8,40.01]] | lpq",
        "within | Polygon | [[[0,0],[5,0],[5,5],[0,5],[0,0]]] | st",
        "within | Polygon | [[[7.9,39.9],[8.1,39.9],[8.1,40.1],[7.9,40.1],[7.9,39.9]]] | pq",
        "contains | Point | [1.5,1.5] | st",
        "contains | Point | [3,3] | s",
        "contains | Polygon | [[[1.2,1.2],[1.8,1.2],[1.8,1.8],[1.2,1.2]]] | st",
        "overlaps | Polygon | [[[3,3],[6,3],[6,6],[3,6],[3,3]]] | s",
        "overlaps | Polygon | [[[1.5,1.5],[6,1.5],[6,6],[1.5,6],[1.5,1.5]]] | st",
        "intersects | Polygon | [[[3,3],[6,3],[6,6],[3,6],[3,3]]] | s",
        "intersects | LineString | [[8,39],[8,41]] | lp",
        "equals | Point | [8,40] | p",
        "equals | Polygon | [[[1,1],[2,1],[2,2],[1,2],[1,1]]] | t",
        "equals | Polygon | [[[2,2],[1,2],[1,1],[2,1],[2,2]]] | t",
        "disjoint | Polygon | [[[0,0],[5,0],[5,5],[0,5],[0,0]]] | lpq",
        "disjoint | Point | [8,40] | qst",
        "within | MultiPolygon | [[[[0,0],[5,0],[5,5],[0,5],[0,0]]],[[[7,39],[9,39],[9,41],[7,41],[7,39]]]] | lpqst"
      })
  void aRelationFindsWhatStandsInIt(
      String relation, String geometry, String coordinates, String expected) {
    var ids =
        get("/entities")
            .with("type", TYPE)
            .with("georel", relation)
            .with("geometry", geometry)
            .with("coordinates", coordinates)
            .expect(200)
            .ids();
    var names = ids.stream().map(id -> id.substring(ID.length())).sorted().toList();

    assertThat(String.join("", names)).isEqualTo(expected);
    var body =
        post("/entityOperations/query")
            .json(
                "{'type':'Query','entities':[{'type':'%s'}],'geoQ':{'georel':'%s','geometry':'%s','coordinates':%s}}",
                TYPE, relation, geometry, coordinates)
            .expect(200)
            .ids();
    assertThat(body).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void anotherGeoPropertyMayBeMeant() {
    assertThat(
            get("/entities")
                .with("type", TYPE)
                .with("georel", "near;maxDistance==10")
                .with("geometry", "Point")
                .with("coordinates", "[8,40]")
                .with("geoproperty", "observationSpace")
                .expect(200)
                .ids())
        .containsExactly(ID + "n");
  }

  @Test
  @Clause({"4.10", "5.7.2"})
  void oneInstanceInPlaceIsEnough() {
    var type = newType();
    var id = newId();
    create(
        id,
        type,
        "'location':[{'type':'GeoProperty','value':{'type':'Point','coordinates':[50,50]}},"
            + "{'type':'GeoProperty','value':{'type':'Point','coordinates':[8,40]},'datasetId':'urn:d:1'}]");

    assertThat(
            get("/entities")
                .with("type", type)
                .with("georel", "near;maxDistance==10")
                .with("geometry", "Point")
                .with("coordinates", "[8,40]")
                .expect(200)
                .ids())
        .containsExactly(id);
  }

  @Test
  @Clause({"4.10", "5.7.2"})
  void aGeoQueryAloneIsEnoughToAsk() {
    get("/entities")
        .with("georel", "equals")
        .with("geometry", "Point")
        .with("coordinates", "[-170.123,-80.123]")
        .expect(200)
        .is("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "near | Point | [8,40]",
        "near;maxDistance | Point | [8,40]",
        "near;maxDistance=5 | Point | [8,40]",
        "near;maxDistance==-5 | Point | [8,40]",
        "near;maxDistance==far | Point | [8,40]",
        "beside | Point | [8,40]",
        "within | Circle | [8,40]",
        "within | GeometryCollection | []",
        "within | Polygon | [8,40]",
        "within | Polygon | [[[0,0],[1,1],[2,0],[3,3]]]",
        "within | Point | [8",
        "within | Point | text",
        "within | Point | []",
        "within | Point | "
      })
  void whatIsNoGeoQueryIsRefused(String relation, String geometry, String coordinates) {
    get("/entities")
        .with("type", TYPE)
        .with("georel", relation)
        .with("geometry", geometry)
        .with("coordinates", coordinates == null ? "" : coordinates)
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"4.10", "6.4.3.2"})
  void allThreePartsAreNeeded() {
    get("/entities").with("type", TYPE).with("georel", "within").refused(400, "BadRequestData");
    get("/entities").with("type", TYPE).with("geometry", "Point").refused(400, "BadRequestData");
    get("/entities")
        .with("type", TYPE)
        .with("coordinates", "[8,40]")
        .refused(400, "BadRequestData");
    get("/entities")
        .with("type", TYPE)
        .with("georel", "within")
        .with("coordinates", "[8,40]")
        .refused(400, "BadRequestData");
  }
}
