package plaza.conformance.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import plaza.conformance.Answer;
import plaza.conformance.Checks;
import plaza.conformance.Clause;
import plaza.conformance.Request;

class DiscoveryTest extends Checks {
  private static final String TYPE = newType();
  private static final String OTHER = newType();
  private static final String ATTR = "a" + unique();
  private static final String REL = "r" + unique();

  static {
    create(newId(), TYPE, "'%s':{'type':'Property','value':1}".formatted(ATTR));
    create(
        newId(),
        TYPE,
        "'%s':{'type':'Property','value':1},'%s':{'type':'Relationship','object':'urn:x:1'}"
            .formatted(ATTR, REL));
    create(
        newId(),
        OTHER,
        "'%s':{'type':'GeoProperty','value':{'type':'Point','coordinates':[1,2]}}".formatted(ATTR));
  }

  private static Map<?, ?> find(Answer answer, String path, String key, String value) {
    return answer.list(path).stream()
        .map(one -> (Map<?, ?>) one)
        .filter(one -> Objects.equals(one.get(key), value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + value + " in " + answer));
  }

  @Test
  @Clause({"5.7.5", "6.25.3.1", "5.2.24", "4.5.10"})
  void theTypesAreListed() {
    var answer = get("/types").expect(200).has("type", "'EntityTypeList'");
    assertThat(java.net.URI.create(answer.text("id")).getScheme()).isNotNull();
    assertThat(answer.texts("typeList")).contains(TYPE, OTHER);
    assertThat(answer.linked(Request.LD_CONTEXT)).isPresent();
    get("/types").accept(LD_JSON).expect(200).hasType(LD_JSON).at("@context");
  }

  @Test
  @Clause({"5.7.6", "6.25.3.1", "5.2.25", "4.5.11"})
  void theTypesAreListedWithTheirAttributes() {
    var answer = get("/types").with("details", true).expect(200);
    var one = find(answer, "", "typeName", TYPE);

    assertThat(one.get("type")).isEqualTo("EntityType");
    assertThat(one.get("id")).isEqualTo(DEFAULT_VOCAB + TYPE);
    assertThat(((List<?>) one.get("attributeNames")).stream().map(String::valueOf))
        .containsExactlyInAnyOrder(ATTR, REL);
    get("/types").with("details", "perhaps").expect(400);
  }

  @Test
  @Clause({"5.7.7", "6.26.3.1", "5.2.26", "4.5.12"})
  void oneTypeIsDescribed() {
    for (var name : List.of(TYPE, Request.encode(DEFAULT_VOCAB + TYPE))) {
      var answer = get("/types/" + name).expect(200);
      answer
          .has("id", "'%s%s'", DEFAULT_VOCAB, TYPE)
          .has("type", "'EntityTypeInfo'")
          .has("typeName", "'%s'", TYPE)
          .has("entityCount", "2");
      var attribute = find(answer, "attributeDetails", "attributeName", REL);
      assertThat(attribute.get("type")).isEqualTo("Attribute");
      assertThat(attribute.get("id")).isEqualTo(DEFAULT_VOCAB + REL);
      assertThat(attribute.get("attributeTypes").toString())
          .isEqualTo("[\"Relationship\"]".replace("\"", ""));
    }
  }

  @Test
  @Clause({"5.7.7", "6.26.3.1"})
  void aTypeThatIsNotThereIsNotFound() {
    get("/types/" + newType()).refused(404, "ResourceNotFound");
    get("/types/a%20b").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.8", "6.27.3.1", "5.2.27", "4.5.13"})
  void theAttributesAreListed() {
    var answer = get("/attributes").expect(200).has("type", "'AttributeList'");

    assertThat(java.net.URI.create(answer.text("id")).getScheme()).isNotNull();
    assertThat(answer.texts("attributeList")).contains(ATTR, REL);
    get("/attributes").accept(LD_JSON).expect(200).hasType(LD_JSON).at("@context");
  }

  @Test
  @Clause({"5.7.9", "6.27.3.1", "5.2.28", "4.5.14"})
  void theAttributesAreListedWithTheTypesThatHaveThem() {
    var one = find(get("/attributes").with("details", true).expect(200), "", "attributeName", ATTR);

    assertThat(one.get("type")).isEqualTo("Attribute");
    assertThat(one.get("id")).isEqualTo(DEFAULT_VOCAB + ATTR);
    assertThat(((List<?>) one.get("typeNames")).stream().map(String::valueOf))
        .containsExactlyInAnyOrder(TYPE, OTHER);
    assertThat(one.containsKey("attributeCount")).isFalse();
  }

  @Test
  @Clause({"5.7.10", "6.28.3.1", "5.2.28", "4.5.15"})
  void oneAttributeIsDescribed() {
    for (var name : List.of(ATTR, Request.encode(DEFAULT_VOCAB + ATTR))) {
      var answer = get("/attributes/" + name).expect(200);
      answer
          .has("id", "'%s%s'", DEFAULT_VOCAB, ATTR)
          .has("type", "'Attribute'")
          .has("attributeName", "'%s'", ATTR)
          .has("attributeCount", "3");
      assertThat(answer.texts("attributeTypes"))
          .containsExactlyInAnyOrder("Property", "GeoProperty");
      assertThat(answer.texts("typeNames")).containsExactlyInAnyOrder(TYPE, OTHER);
    }
  }

  @Test
  @Clause({"5.7.10", "6.28.3.1"})
  void anAttributeThatIsNotThereIsNotFound() {
    get("/attributes/nothing" + unique()).refused(404, "ResourceNotFound");
    get("/attributes/a%20b").refused(400, "BadRequestData");
  }

  @Test
  @Clause({"5.7.5", "5.7.8"})
  void whatHasGoneIsNotListed() {
    var type = newType();
    var attribute = "gone" + unique();
    var id = newId();
    create(id, type, "'%s':{'type':'Property','value':1}".formatted(attribute));
    delete(entity(id)).expect(204);

    assertThat(get("/types").expect(200).texts("typeList")).doesNotContain(type);
    assertThat(get("/attributes").expect(200).texts("attributeList")).doesNotContain(attribute);
  }

  @Test
  @Clause({"5.7.5", "5.5.7"})
  void namesAreCompactedByTheContext() {
    assertThat(get("/types").expect(200).texts("typeList"))
        .noneMatch(name -> name.startsWith(DEFAULT_VOCAB));
  }
}
