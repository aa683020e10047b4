package plaza.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.procedure.Procedures;
import plaza.programme.record.Kind;

/// The forms' data against the procedures' data.
class CatalogueTest {
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");
  private final Catalogue catalogue = new Catalogue();

  @Test
  void everyFormBelongsToAStepOfItsKind() {
    var procedures = Procedures.load();
    var steps =
        java.util.Arrays.stream(Kind.values())
            .flatMap(kind -> procedures.find(kind).stream())
            .flatMap(p -> p.steps().stream().map(step -> p.name() + " " + step.action()))
            .collect(Collectors.toSet());
    assertThat(steps).containsAll(catalogue.stepNames());
  }

  @Test
  void noCommandOfADeskIsMistakenForAStep() {
    var procedures = Procedures.load();
    for (var command : catalogue.commands()) {
      var kind = Kind.find(command.kind()).orElseThrow();
      assertThat(Collection.of(kind)).isPresent();
      assertThat(procedures.find(kind).stream().flatMap(p -> p.steps().stream()))
          .noneMatch(step -> step.action().equals(command.name()));
    }
  }

  @Test
  void whatIsLeftEmptyInATemplateIsLeftOut() {
    var written =
        "{\"title\": \"A\", \"text\": \"\", \"needs\": [\"\"], \"body\": {\"ask\": \"\"}}";
    var field = Field.whole("all", Value.Struct.EMPTY);
    assertThat(field.read(written, TAIPEI))
        .contains(Json.parse("{\"title\": \"A\", \"needs\": [], \"body\": {}}"));
    assertThat(field.read("  ", TAIPEI)).isEmpty();
  }

  @Test
  void aMomentIsReadAsTheCitysTimeAndLinesAsAList() {
    assertThat(Field.of("end", "End", Field.Form.MOMENT).read("2026-03-01T09:00", TAIPEI))
        .contains(Value.of("2026-03-01T01:00:00Z"));
    assertThat(Field.of("ids", "Ids", Field.Form.LIST).read("urn:a\r\n\r\n urn:b ", TAIPEI))
        .contains(Value.of(java.util.List.of("urn:a", "urn:b")));
  }

  @Test
  void whatATemplateHoldsIsReadFromItsFormAgain() {
    var template =
        (Value.Struct)
            Json.parse(
                """
                {"title": "", "team": ["urn:a"], "trl": 6, "open": true, "closesAt": "2026-01-01T00:00:00Z",
                 "budget": {"amount": "10.00", "currency": "TWD"}, "rubric": [{"criterion": "Effect"}]}\
                """);
    var inputs = Blank.of(template);
    var form = new java.util.HashMap<String, String>();
    inputs.forEach(input -> form.put(input.field().name(), input.value()));
    form.put("title", "A lamp");
    form.put("closesAt", "2026-03-01T09:00");

    assertThat(Blank.read(inputs, form, TAIPEI))
        .isEqualTo(
            Json.parse(
                """
                {"title": "A lamp", "team": ["urn:a"], "trl": 6, "open": true, "closesAt": "2026-03-01T01:00:00Z",
                 "budget": {"amount": "10.00", "currency": "TWD"}, "rubric": [{"criterion": "Effect"}]}\
                """));
  }

  @Test
  void everyOpeningIsAFormOfFieldsWithNamesOfTheirOwn() {
    for (var opening : catalogue.openings())
      assertThat(Blank.of(opening.template()).stream().map(one -> one.field().name()))
          .as(opening.label())
          .isNotEmpty()
          .doesNotHaveDuplicates();
  }
}
