package plaza.programme.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.json.Json;
import plaza.testkit.IndicatorContract;
import plaza.testkit.TestCity;

class AggregationTest {
  private static final String OF = "https://plaza.example/of";

  @Nested
  class ShareOfTime extends IndicatorContract {
    @Override
    protected Result measure(List<String> entities, List<Reading> readings) {
      return measured("SHARE_OF_TIME", entities, readings);
    }

    @Test
    void itIsThePartOfTheCoveredTimeInWhichTheConditionHolds() {
      assertThat(measure(List.of("urn:e:1"), everyTenMinutes("urn:e:1")).value())
          .isCloseTo(0.25, within(1e-12));
    }
  }

  @Nested
  class MeanOverTime extends IndicatorContract {
    @Override
    protected Result measure(List<String> entities, List<Reading> readings) {
      return measured("MEAN_OVER_TIME", entities, readings);
    }

    @Test
    void itWeighsEachReadingByHowLongItHolds() {
      var readings =
          List.of(
              new Reading("urn:e:1", MONDAY_SEVEN, 4),
              new Reading("urn:e:1", MONDAY_SEVEN.plusSeconds(900), 8));
      assertThat(measure(List.of("urn:e:1"), readings).value())
          .isCloseTo((4 * 15 + 8 * 60) / 75.0, within(1e-12));
    }
  }

  private static IndicatorContract.Result measured(
      String aggregation, List<String> entities, List<IndicatorContract.Reading> readings) {
    try (var city = new TestCity()) {
      for (var id : entities)
        city.write(
            new Edit.Put(
                Entity.of(id, TestCity.STATION, List.of(Attribute.of(OF, Value.of("us"))))));
      var edits = new ArrayList<Edit>();
      for (var reading : readings)
        edits.add(
            new Edit.Observe(
                Entity.of(
                    reading.entity(),
                    TestCity.STATION,
                    List.of(
                        Attribute.of(TestCity.BIKES, Value.of(reading.number()), reading.at())))));
      if (!edits.isEmpty()) city.write(edits.toArray(Edit[]::new));
      var definition = definition(aggregation);
      var measured =
          new Meter(city.reader)
              .measure(Address.DEFAULT, definition, definition.baseline())
              .target();
      return new IndicatorContract.Result(measured.value(), measured.coverage());
    }
  }

  static IndicatorDefinition definition(String aggregation) {
    var json =
        """
        {'name': 'n', 'unit': 'u', 'entityType': '%s', 'attribute': '%s', 'aggregation': '%s',
         'hours': {'days': ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
                   'from': '07:00', 'until': '09:00', 'zone': 'UTC'},
         'population': {'name': 'ours', 'attribute': '%s', 'equals': 'us'},
         'baseline': {'from': '2026-06-01', 'to': '2026-06-07'},
         'measurement': {'from': '2026-06-08', 'to': '2026-06-12'},
         'direction': 'LOWER_IS_BETTER', 'target': -0.1, 'minimumCoverage': 0.5}
        """
            .formatted(TestCity.STATION, TestCity.BIKES, aggregation, OF);
    return IndicatorDefinition.of((Value.Struct) Json.parse(json.replace('\'', '"')));
  }

  @Test
  void aDefinitionReadsBackAsItWasWritten() {
    var definition = definition("SHARE_OF_TIME");

    assertThat(IndicatorDefinition.of(definition.toValue())).isEqualTo(definition);
    assertThat(definition.hash()).hasSize(64).isEqualTo(definition("SHARE_OF_TIME").hash());
    assertThat(Map.of(definition.hash(), ""))
        .doesNotContainKey(definition("MEAN_OVER_TIME").hash());
  }
}
