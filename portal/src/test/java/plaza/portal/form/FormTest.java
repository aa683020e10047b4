package plaza.portal.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.json.Json;

/// What is written in a form, and what the programme gets of it.
class FormTest {
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");
  private static final Choices TWO_PLACES =
      new Choices() {
        @Override
        public List<String> names(String of) {
          return List.of("Hall", "Yard");
        }

        @Override
        public Optional<String> id(String of, String written) {
          if (written.startsWith("urn:")) return Optional.of(written);
          return names(of).contains(written) ? Optional.of("urn:" + written) : Optional.empty();
        }

        @Override
        public String name(String of, String id) {
          return names(of).contains(id.substring(4)) ? id.substring(4) : id;
        }
      };

  private static final Field RUBRIC =
      Field.of("rubric", "Rubric", Field.Form.ROWS)
          .with(
              List.of(
                  Field.of("criterion", "Criterion", Field.Form.TEXT),
                  Field.of("weight", "Weight", Field.Form.NUMBER)));

  private static final Field PLACES =
      Field.of("places", "Places", Field.Form.ROWS)
          .with(
              List.of(
                  new Field(
                      "",
                      "Place",
                      Field.Form.CHOOSE,
                      List.of(),
                      List.of(),
                      "places",
                      List.of(),
                      Optional.empty())));

  private static final Field HOURS =
      Field.of("openingHours", "Opening hours", Field.Form.ROWS)
          .with(
              List.of(
                  new Field(
                      "days",
                      "Days",
                      Field.Form.CHECKS,
                      List.of("MONDAY", "SUNDAY"),
                      List.of(),
                      "",
                      List.of(),
                      Optional.empty()),
                  Field.of("from", "Opens", Field.Form.TIME)));

  private static Value.Struct json(String text) {
    return (Value.Struct) Json.parse(text);
  }

  private static Reading reading() {
    return new Reading(TWO_PLACES, TAIPEI);
  }

  private static List<Field> starting(String record, Field... fields) {
    var members = json(record).members();
    return java.util.Arrays.stream(fields)
        .map(field ->
            members.containsKey(field.name())
                ? field.starting(members.getOrDefault(field.name(), Value.of("")))
                : field)
        .toList();
  }

  @Test
  void whatARecordSaysIsReadFromItsFormAgain() {
    var record =
        """
        {"title": "A lamp", "team": ["urn:a"], "trl": 6, "open": true,
         "closesAt": "2026-03-01T01:00:00Z",
         "rubric": [{"criterion": "Effect", "weight": 60}, {"criterion": "Cost", "weight": 40}],
         "places": ["urn:Hall", "urn:elsewhere"],
         "openingHours": [{"days": ["MONDAY", "SUNDAY"], "from": "08:00"}],
         "budget": {"amount": "10.00"}, "location": {"type": "Point", "coordinates": [121.5, 25]}}\
        """;
    var fields =
        starting(
            record,
            Field.of("title", "Title", Field.Form.TEXT),
            Field.of("team", "Team", Field.Form.LIST),
            Field.of("trl", "Level", Field.Form.NUMBER),
            Field.of("open", "Open", Field.Form.CHECK),
            Field.of("closesAt", "Closes", Field.Form.MOMENT),
            RUBRIC,
            PLACES,
            HOURS,
            Field.of("budget", "Budget", Field.Form.GROUP)
                .with(List.of(Field.of("amount", "Amount", Field.Form.TEXT))),
            Field.of("location", "Where", Field.Form.SHAPE));
    var start = Start.of(fields, TWO_PLACES, TAIPEI);

    assertThat(start.texts())
        .containsEntry("places.0", "Hall")
        .containsEntry("places.1", "urn:elsewhere")
        .containsEntry("closesAt", "2026-03-01T09:00")
        .containsEntry("location", "25, 121.5");
    assertThat(reading().all(fields, start)).isEqualTo(json(record));
    assertThat(reading().changes(fields, start, start)).isEqualTo(Value.Struct.EMPTY);
  }

  @Test
  void onlyWhatIsChangedIsSentAndAllOfItsRows() {
    var fields =
        starting(
            "{\"title\": \"A\", \"rubric\": [{\"criterion\": \"Effect\", \"weight\": 60}]}",
            Field.of("title", "Title", Field.Form.TEXT),
            RUBRIC);
    var start = Start.of(fields, TWO_PLACES, TAIPEI);
    var written = new LinkedHashMap<>(start.texts());
    written.put("rubric.3.criterion", "Cost");
    written.put("rubric.3.weight", "40");
    written.put("rubric.4.criterion", " ");

    assertThat(reading().changes(fields, start, new Written(written)))
        .isEqualTo(
            json(
                "{\"rubric\": [{\"criterion\": \"Effect\", \"weight\": 60},"
                    + " {\"criterion\": \"Cost\", \"weight\": 40}]}"));
    written.keySet().removeIf(name -> name.startsWith("rubric"));
    assertThat(reading().changes(fields, start, new Written(written)))
        .isEqualTo(json("{\"rubric\": []}"));
  }

  @Test
  void aRowIsAddedAndRemovedAndTheOthersStay() {
    var written =
        new Written(
            Map.of("rubric.0.criterion", "A", "rubric.1.criterion", "B", "_remove", "rubric.0"));
    assertThat(written.isUnfinished()).isTrue();
    assertThat(written.carriedOut().rows("rubric")).containsExactly(1);

    var more = new Written(Map.of("rubric.1.criterion", "B", "_add", "rubric"));
    var shown = Filled.of(List.of(RUBRIC), more.carriedOut(), Map.of(), more.added());
    assertThat(shown.getFirst().rows()).hasSize(2);
    assertThat(shown.getFirst().rows().getFirst().parts().getFirst().value()).isEqualTo("B");
    assertThat(shown.getFirst().rows().getLast().parts().getFirst().fresh()).isTrue();
  }

  @Test
  void everythingThatCannotBeReadIsToldBesideItsField() {
    var reading = reading();
    reading.all(
        List.of(RUBRIC, PLACES, HOURS, Field.of("n", "N", Field.Form.NUMBER)),
        new Written(
            Map.of(
                "rubric.2.criterion", "Effect",
                "rubric.2.weight", "much",
                "places.0", "Attic",
                "openingHours.0.from", "half past",
                "n", "12")));
    assertThat(reading.faults().keySet())
        .containsExactly("rubric.2.weight", "places.0", "openingHours.0.from");
  }

  @Test
  void whatTheProgrammeRefusesStandsBesideTheFieldThatItNames() {
    var fields = List.of(Field.of("title", "Title", Field.Form.TEXT), RUBRIC);
    var written =
        new Written(Map.of("rubric.0.weight", "60", "rubric.1.weight", "300", "title", "x"));
    assertThat(
            Beside.of(
                fields,
                written,
                "weight of a criterion must be a whole number from 1 to 100, not 300"))
        .containsOnlyKeys("rubric.1.weight");
    assertThat(Beside.of(fields, written, "a challenge needs title: a text"))
        .containsOnlyKeys("title");
    assertThat(Beside.of(fields, written, "a challenge is drafted by a sponsor")).isEmpty();
  }

  @Test
  void whatWasFilledInCannotSilentlyBeEmptied() {
    var fields = starting("{\"title\": \"A\"}", Field.of("title", "Title", Field.Form.TEXT));
    var reading = reading();
    var sent =
        reading.changes(
            fields, Start.of(fields, TWO_PLACES, TAIPEI), new Written(Map.of("title", " ")));
    assertThat(sent).isEqualTo(Value.Struct.EMPTY);
    assertThat(reading.faults()).containsOnlyKeys("title");
  }
}
