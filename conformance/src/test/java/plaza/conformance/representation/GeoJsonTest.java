package plaza.conformance.representation;

import org.junit.jupiter.api.Test;
import plaza.conformance.Checks;
import plaza.conformance.Clause;

@Clause({"4.5.16", "5.2.29", "6.3.15"})
class GeoJsonTest extends Checks {
  private static final String PLACE = "{'type':'Point','coordinates':[1,2]}";
  private static final String AREA =
      "{'type':'Polygon','coordinates':[[[0,0],[4,0],[4,4],[0,4],[0,0]]]}";
  private final String type = newType();
  private final String id = newId();

  GeoJsonTest() {
    create(
        id,
        type,
        "'location':{'type':'GeoProperty','value':%s,'s':{'type':'Property','value':1}},"
            + "'area':[{'type':'GeoProperty','value':%s},{'type':'GeoProperty','value':%s,'datasetId':'urn:d:1'}],"
            + "'a':{'type':'Property','value':5},'r':{'type':'Relationship','object':'urn:x:1'},'scope':'/a'",
        PLACE,
        AREA,
        PLACE);
  }

  @Test
  @Clause({"4.5.16.2", "5.2.29", "5.7.1"})
  void anEntityIsAFeature() {
    get(entity(id))
        .accept(GEO_JSON)
        .expect(200)
        .has("id", "'%s'", id)
        .has("type", "'Feature'")
        .has("geometry", PLACE)
        .has("properties/type", "'%s'", type)
        .has("properties/a", "{'type':'Property','value':5}")
        .has("properties/r", "{'type':'Relationship','object':'urn:x:1'}")
        .has("properties/location/value", PLACE)
        .has("properties/scope", "'/a'")
        .hasNo("properties/id", "properties/@context");
  }

  @Test
  @Clause({"4.5.17", "6.3.7"})
  void simplifiedTheFeatureHasBareValues() {
    get(entity(id))
        .accept(GEO_JSON)
        .with("format", "simplified")
        .expect(200)
        .has("geometry", PLACE)
        .has("properties/type", "'%s'", type)
        .has("properties/a", "5")
        .has("properties/r", "'urn:x:1'")
        .has("properties/location", PLACE);
  }

  @Test
  @Clause({"4.5.16.3", "5.2.30", "5.7.2"})
  void entitiesAreAFeatureCollection() {
    get("/entities")
        .with("type", type)
        .accept(GEO_JSON)
        .expect(200)
        .has("type", "'FeatureCollection'")
        .has("features/0/id", "'%s'", id)
        .has("features/0/geometry", PLACE);
    get("/entities")
        .with("type", newType())
        .accept(GEO_JSON)
        .expect(200)
        .has("type", "'FeatureCollection'")
        .has("features", "[]");
  }

  @Test
  @Clause("4.5.16.1")
  void anotherGeoPropertyMayBeTheGeometry() {
    get(entity(id))
        .accept(GEO_JSON)
        .with("geometryProperty", "area")
        .expect(200)
        .has("geometry", AREA);
    get(entity(id))
        .accept(GEO_JSON)
        .with("geometryProperty", "area")
        .with("datasetId", "urn:d:1")
        .expect(200)
        .has("geometry", PLACE);
    get("/entities")
        .with("type", type)
        .accept(GEO_JSON)
        .with("geometryProperty", "area")
        .expect(200)
        .has("features/0/geometry", AREA);
  }

  @Test
  @Clause("4.5.16.1")
  void withoutTheGeoPropertyTheGeometryIsNull() {
    get(entity(id))
        .accept(GEO_JSON)
        .with("geometryProperty", "nothing")
        .expect(200)
        .has("geometry", "null");
    get(entity(id))
        .accept(GEO_JSON)
        .with("geometryProperty", "a")
        .expect(200)
        .has("geometry", "null");
    get(entity(created(""))).accept(GEO_JSON).expect(200).has("geometry", "null");
  }

  @Test
  @Clause({"5.7.1", "5.7.2"})
  void aGeometryPropertyIsForGeoJsonOnly() {
    get(entity(id)).with("geometryProperty", "area").refused(400, "BadRequestData");
    get("/entities")
        .with("type", type)
        .with("geometryProperty", "area")
        .refused(400, "BadRequestData");
  }

  @Test
  @Clause({"4.21", "4.5.16"})
  void whatIsPickedIsShownInTheFeature() {
    get(entity(id))
        .accept(GEO_JSON)
        .with("pick", "id,type,a,location")
        .expect(200)
        .has("properties/a/value", "5")
        .hasNo("properties/r");
  }
}
