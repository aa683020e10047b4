package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.DISTRICT;
import static plaza.programme.ProgrammeCity.caller;
import static plaza.programme.ProgrammeCity.nobody;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.programme.indicator.IndicatorDefinition;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Procedures;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// I8: nobody can type what was measured, whatever their roles, and whoever changes what is kept is
/// found out.
class MeasuredNotTypedTest {
  private static final String STATION = "urn:ngsi-ld:BikeHireDockingStation:1";
  private static final List<String> TYPED =
      List.of(
          "baseline",
          "measured",
          "controlBaseline",
          "controlMeasured",
          "effect",
          "interval",
          "verdict",
          "value",
          "coverage",
          "hash");

  private final ProgrammeCity city = new ProgrammeCity();
  private Caller all;
  private Dossier pilot;
  private Dossier indicator;

  @BeforeEach
  void anIndicatorWithABaseline() {
    all =
        city.person(
            "all",
            "pmo",
            "programmeBoard",
            "dataSteward",
            "moderator",
            "sponsor",
            "departmentOfficer",
            "admin",
            "auditor");
    city.station(
        STATION,
        "Neihu",
        Map.of(
            Instant.parse("2026-05-18T07:00:00Z"), 0,
            Instant.parse("2026-05-18T07:30:00Z"), 4,
            Instant.parse("2026-05-18T08:00:00Z"), 0,
            Instant.parse("2026-05-18T08:30:00Z"), 4));
    pilot =
        city.programme
            .pilots()
            .open(
                all,
                struct(
                    """
                    {'title': 't', 'organisation': 'urn:o:1', 'department': 'urn:o:2',
                     'withoutCall': 'A test of indicators that needs no call before it at all.'}
                    """))
            .record();
    indicator = city.programme.indicators().define(all, pilot.id(), definition(60)).record();
    city.programme.indicators().lock(all, indicator.id());
    indicator = city.programme.indicators().freezeBaseline(all, indicator.id()).record();
  }

  @AfterEach
  void close() {
    city.close();
  }

  @Test
  void theBaselineIsWhatTheReadingsGive() {
    assertThat(indicator.findStruct("baseline").orElseThrow().members())
        .containsEntry("value", Value.of(0.5))
        .containsEntry("coverage", Value.of(1.0));
    assertThat(city.programme.verify(Address.DEFAULT)).isEmpty();
  }

  @Test
  void noDeskTakesAValue() {
    for (var name : TYPED) {
      var json = struct("{'" + name + "': 0.1}");
      assertThatThrownBy(() -> city.programme.pilots().amend(all, pilot.id(), json, null))
          .as(name)
          .isInstanceOf(Refusal.Invalid.class);
      var definition = new java.util.LinkedHashMap<>(definition(60).toValue().members());
      definition.put(name.equals("baseline") ? "measured" : name, Value.of(0.1));
      assertThatThrownBy(() -> IndicatorDefinition.of(new Value.Struct(definition)))
          .as(name)
          .isInstanceOf(Refusal.Invalid.class);
    }
    assertUntouched();
  }

  @Test
  void noStepOfAnyProcedureTakesAValue() {
    for (var procedure : Procedures.load().all())
      for (var step : procedure.steps())
        for (var name : TYPED) {
          var record = Kind.find(procedure.name()).orElseThrow();
          var id = "urn:ngsi-ld:X:" + record.title() + step.from() + step.action() + name;
          var planted =
              Dossier.of(
                  record, id, step.from(), Map.of("indicators", Value.of(List.of(indicator.id()))));
          for (var edit : Dossiers.edits(null, planted)) city.write(edit);
          assertThatThrownBy(() ->
                  city.programme.transition(
                      all, record, id, step.action(), struct("{'" + name + "': 0.1}"), null))
              .isInstanceOf(Refusal.class);
        }
    assertUntouched();
  }

  @Test
  void aRawWriteOfAnIndicatorIsRefused() {
    var forged =
        Entity.of(
            indicator.id(),
            Kind.INDICATOR.type(),
            List.of(Attribute.of(Names.PLAZA + "verdict", Value.of("MET"))));
    for (var edit : List.of(new Edit.Put(forged), new Edit.Append(forged, true, false)))
      assertThatThrownBy(
              () -> city.ledger.write(Actor.of(all.id()), Write.atomic(Address.DEFAULT, edit)))
          .isInstanceOf(Refusal.Forbidden.class);
    assertUntouched();
  }

  @Test
  void aBaselineIsFrozenOnce() {
    assertThatThrownBy(() -> city.programme.indicators().freezeBaseline(all, indicator.id()))
        .isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void aBaselineChangedBehindPlazasBackIsFoundOut() {
    var frozen = indicator.findStruct("baseline").orElseThrow();
    var changed = new java.util.LinkedHashMap<>(frozen.members());
    changed.put("value", Value.of(0.9));
    for (var edit :
        Dossiers.edits(indicator, indicator.with("baseline", new Value.Struct(changed))))
      city.write(edit);

    assertThat(city.programme.verify(Address.DEFAULT))
        .singleElement()
        .asString()
        .contains("baseline was frozen with value");
  }

  @Test
  void aReadingThatChangesTheBaselineLaterIsFoundOutAndSpoilsTheVerdict() {
    city.write(
        new Edit.Observe(
            Entity.of(
                STATION,
                TestCity.STATION,
                List.of(TestCity.bikes(9, Instant.parse("2026-05-18T07:15:00Z"))))));

    assertThat(city.programme.verify(Address.DEFAULT)).isNotEmpty();
    for (var edit : Dossiers.edits(pilot(), pilot().in("ACTIVE"))) city.write(edit);
    city.move(all, pilot, "finish", "{'earlyFinish': 'now'}");
    var judged = city.get(Kind.INDICATOR, indicator.id());
    assertThat(judged.text("verdict")).isEqualTo("INCONCLUSIVE");
    assertThat(judged.texts("verdictReasons"))
        .contains("the baseline is not what the readings give any more");
  }

  @Test
  void anAmendmentNeedsTwoPeopleAndKeepsWhatWasBefore() {
    city.person("second", "pmo");
    for (var edit :
        Dossiers.edits(
            pilot(),
            pilot()
                .in("ACTIVE")
                .with("startDate", Instant.parse("2026-05-30T00:00:00Z"))
                .with("endDate", Instant.parse("2026-09-01T00:00:00Z")))) city.write(edit);
    var json = new java.util.LinkedHashMap<String, Value>();
    json.put("reason", Value.of("the docks report every half hour only"));
    json.put("definition", definition(30).toValue());
    city.programme.indicators().proposeAmendment(all, indicator.id(), new Value.Struct(json));
    var sent = "{'indicator': '" + indicator.id() + "', 'reason': 'agreed'}";
    assertThatThrownBy(() -> city.move(all, pilot, "amendKpi", sent))
        .isInstanceOf(Refusal.Unmet.class);

    city.move(caller("second"), pilot, "amendKpi", sent);

    var amended = city.get(Kind.INDICATOR, indicator.id());
    assertThat(amended.count("revision")).isEqualTo(2);
    assertThat(amended.has("baseline")).isFalse();
    assertThat(amended.items("earlier")).hasSize(1).first().asString().contains("baseline");
  }

  @Test
  void nobodyFeelsForSecretsWithFilters() {
    assertThat(
            city.programme.list(
                nobody(), Kind.PILOT, List.of(new Having("openedBy", all.id())), 0, 10))
        .isEmpty();
    for (var edit : Dossiers.edits(pilot(), pilot().in("ACTIVE"))) city.write(edit);
    assertThat(
            city.programme.list(
                nobody(), Kind.PILOT, List.of(new Having("openedBy", all.id())), 0, 10))
        .isEmpty();
    assertThat(
            city.programme.list(all, Kind.PILOT, List.of(new Having("openedBy", all.id())), 0, 10))
        .hasSize(1);
    assertThat(
            city.programme.list(
                nobody(), Kind.PILOT, List.of(new Having("state", "ACTIVE")), 0, 10))
        .hasSize(1);
  }

  private Dossier pilot() {
    return city.get(Kind.PILOT, pilot.id());
  }

  private void assertUntouched() {
    assertThat(city.get(Kind.INDICATOR, indicator.id()).fields()).isEqualTo(indicator.fields());
  }

  private static IndicatorDefinition definition(int hold) {
    return IndicatorDefinition.of(
        struct(
            """
            {'name': 'n', 'unit': 'u', 'entityType': '%s', 'attribute': '%s',
             'longestHoldMinutes': %s,
             'hours': {'days': ['MONDAY'], 'from': '07:00', 'until': '09:00', 'zone': 'UTC'},
             'population': {'name': 'all', 'attribute': '%s', 'equals': 'Neihu'},
             'baseline': {'from': '2026-05-18', 'to': '2026-05-20'},
             'measurement': {'from': '2026-05-25', 'to': '2026-05-27'},
             'direction': 'LOWER_IS_BETTER', 'target': 0}
            """
                .formatted(TestCity.STATION, TestCity.BIKES, hold, DISTRICT)));
  }
}
