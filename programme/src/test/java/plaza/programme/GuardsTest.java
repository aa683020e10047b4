package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static plaza.programme.ProgrammeCity.struct;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Procedures;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Every guard of the procedures that work, both ways: unmet it is named, met it is not.
class GuardsTest {
  private static final String X = "urn:ngsi-ld:X:1";

  /// A city to plant records in, and what will be asked of the record X.
  static final class World {
    final ProgrammeCity city;
    final Map<String, Value> fields = new LinkedHashMap<>();
    String input = "{}";
    Caller caller = ProgrammeCity.caller("someone");

    World(ProgrammeCity city) {
      this.city = city;
    }

    World has(String json) {
      fields.putAll(struct(json).members());
      return this;
    }

    World sends(String json) {
      input = json;
      return this;
    }

    World by(Caller who) {
      caller = who;
      return this;
    }

    World plant(Kind kind, String local, String state, String json) {
      put(kind, "urn:ngsi-ld:" + kind.title() + ":" + local, state, struct(json).members());
      return this;
    }

    void put(Kind kind, String id, String state, Map<String, Value> members) {
      for (var edit : Dossiers.edits(null, Dossier.of(kind, id, state, members))) city.write(edit);
    }
  }

  record Row(
      Kind kind,
      String from,
      String action,
      String guard,
      Consumer<World> unmet,
      Consumer<World> met) {
    @Override
    public String toString() {
      return kind.title() + " " + from + " " + action + ": " + guard;
    }
  }

  static Stream<Row> rows() {
    var rows = new ArrayList<Row>();
    DemandRows.needs(rows);
    FaultRows.faults(rows);
    ModerationRows.cases(rows);
    CallRows.calls(rows);
    ProposalRows.proposals(rows);
    ExplorationRows.explorations(rows);
    PilotRows.pilots(rows);
    NovationRows.novations(rows);
    GateRows.gates(rows);
    GateRows.grants(rows);
    FieldRows.bookings(rows);
    FieldRows.cases(rows);
    FieldRows.pilots(rows);
    RoundRows.rounds(rows);
    ServiceRows.services(rows);
    ReplicationRows.replications(rows);
    return rows.stream();
  }

  private static final ProgrammeCity city = new ProgrammeCity();

  @AfterAll
  static void close() {
    city.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aGuardIsNamedWhenItIsUnmetAndOnlyThen(Row row) {
    city.elsewhere.clear();
    city.empty();
    assertThat(unmet(row, row.unmet())).as("unmet").contains(row.guard());
    city.empty();
    assertThat(unmet(row, row.met())).as("met").doesNotContain(row.guard());
  }

  @Test
  void noGuardOfTheseProceduresIsLeftOut() {
    var tried = new TreeSet<String>();
    rows().forEach(row -> tried.add(row.kind().title() + " " + row.guard()));
    var left = new TreeSet<String>();
    for (var kind :
        List.of(
            Kind.NEED,
            Kind.NEED_CLUSTER,
            Kind.SERVICE_REQUEST,
            Kind.MODERATION_CASE,
            Kind.CHALLENGE,
            Kind.PROPOSAL,
            Kind.REVIEW,
            Kind.EXPLORATION,
            Kind.PILOT,
            Kind.DATA_GRANT,
            Kind.BOOKING,
            Kind.REGULATORY_CASE,
            Kind.FUNDING_ROUND,
            Kind.SERVICE,
            Kind.REPLICATION))
      for (var step : Procedures.load().get(kind).steps())
        for (var guard : step.guards()) left.add(kind.title() + " " + guard.text());
    left.removeAll(tried);
    assertThat(left).isEmpty();
  }

  private List<String> unmet(Row row, Consumer<World> setup) {
    var world = new World(city);
    try {
      for (var who :
          Procedures.load().get(row.kind()).from(row.from()).stream()
              .filter(step -> step.action().equals(row.action()))
              .flatMap(step -> step.by().stream())
              .toList())
        if (who instanceof plaza.programme.procedure.Who.Role(var role))
          city.person("someone", role);
      setup.accept(world);
      world.put(row.kind(), X, row.from(), world.fields);
      var caller =
          isPlazas(row) && !world.caller.isPlaza()
              ? Caller.plaza(Address.DEFAULT, "clock")
              : world.caller;
      if (row.kind() == Kind.REPLICATION)
        city.programme.transition(caller, row.kind(), X, row.action(), struct(world.input), null);
      else
        city.programme
            .engine()
            .transition(caller, row.kind(), X, row.action(), struct(world.input), null);
      return List.of();
    } catch (Refusal.Unmet unmet) {
      assertThat(unmet.conditions()).allSatisfy(c -> assertThat(c.remedy()).isNotBlank());
      return unmet.conditions().stream().map(Refusal.Unmet.Condition::name).toList();
    }
  }

  private static boolean isPlazas(Row row) {
    return Procedures.load().get(row.kind()).from(row.from()).stream()
        .filter(step -> step.action().equals(row.action()))
        .allMatch(step ->
            step.by().stream().allMatch(who -> who instanceof plaza.programme.procedure.Who.Plaza));
  }
}
