package plaza.portal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import plaza.graph.Value;
import plaza.portal.form.Field;
import plaza.portal.form.Filled;
import plaza.portal.page.Seen;
import plaza.programme.procedure.Procedures;
import plaza.programme.record.Kind;

/// The forms' data against the procedures' data.
class CatalogueTest {
  private final Catalogue catalogue = new Catalogue();

  @Test
  void everyFormBelongsToAStepOfItsKind() {
    var procedures = Procedures.load();
    var steps =
        Arrays.stream(Kind.values())
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
  void noFormOfTheProgrammeIsWrittenAsJson() {
    for (var opening : catalogue.openings())
      assertThat(catalogue.fieldsOf(opening, Map.of()).stream().map(Field::name))
          .as(opening.label())
          .isNotEmpty()
          .doesNotHaveDuplicates();
    for (var command : catalogue.commands())
      assertThat(command.fieldsFor(new Seen(Value.Struct.EMPTY)).stream().map(Field::name))
          .as(command.kind() + " " + command.name())
          .doesNotHaveDuplicates();
  }

  @Test
  void whatIsChosenByNameIsAKindThatHasNames() {
    var kinds =
        Arrays.stream(Collection.values()).map(Collection::segment).collect(Collectors.toSet());
    kinds.addAll(List.of("organisation", "person", "teammate"));
    for (var opening : catalogue.openings())
      assertThat(kinds).containsAll(Filled.chosen(catalogue.fieldsOf(opening, Map.of())));
    for (var command : catalogue.commands())
      assertThat(kinds).containsAll(Filled.chosen(command.fieldsFor(new Seen(Value.Struct.EMPTY))));
    for (var step : catalogue.stepNames()) {
      var names = step.split(" ", 2);
      assertThat(kinds).containsAll(Filled.chosen(catalogue.fieldsOf(names[0], names[1])));
    }
  }
}
