package plaza.programme.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import plaza.programme.procedure.Procedure;
import plaza.programme.procedure.Procedures;
import plaza.programme.procedure.Step;

/// Every guard and effect of the procedures' data is named, documented and tested, and the
/// procedures themselves are sound.
class ProcedureWordsTest {
  private static final Path DOCUMENT = Path.of("../docs/procedures.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| `(\\w+)` \\|");
  private final List<Procedure> procedures = Procedures.load().all();

  /// What the document says of a word.
  private record Row(String meaning, String steps, String test) {}

  @Test
  void everyGuardIsDocumentedWithItsStepsAndItsTest() {
    assertDocumented("Guards", Step::guards);
  }

  @Test
  void everyEffectIsDocumentedWithItsStepsAndItsTest() {
    assertDocumented("Effects", Step::effects);
    assertThat(EffectsHappen.WORDS.keySet())
        .as("what EffectsHappen knows")
        .isEqualTo(steps(Step::effects).keySet());
  }

  private void assertDocumented(String part, Function<Step, List<Step.Guard>> of) {
    var wanted = steps(of);
    var rows = rows(part);
    var tests = tests();
    var faults = new ArrayList<String>();
    wanted.forEach((word, steps) -> {
      var row = rows.get(word);
      if (row == null || !row.steps().equals(steps))
        faults.add("write | `%s` | … | %s | … |".formatted(word, steps));
      else if (!tests.getOrDefault(row.test(), "").contains(word))
        faults.add("%s does not know %s".formatted(row.test(), word));
    });
    for (var word : rows.keySet())
      if (!wanted.containsKey(word)) faults.add("no procedure uses " + word);
    assertThat(faults).as("%s in %s", part, DOCUMENT).isEmpty();
  }

  /// The steps that use each word, as the document writes them: `Need` and its actions, `·` between
  /// procedures.
  private Map<String, String> steps(Function<Step, List<Step.Guard>> of) {
    var used = new TreeMap<String, Map<String, Set<String>>>();
    for (var procedure : procedures)
      for (var step : procedure.steps())
        for (var expression : of.apply(step))
          for (var term : expression.alternatives())
            used.computeIfAbsent(term.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(procedure.name(), _ -> new LinkedHashSet<>())
                .add("`" + step.action() + "`");
    var told = new TreeMap<String, String>();
    used.forEach((word, by) ->
        told.put(
            word,
            String.join(
                " · ",
                by.entrySet().stream()
                    .map(one -> one.getKey() + " " + String.join(", ", one.getValue()))
                    .toList())));
    return told;
  }

  private static Map<String, Row> rows(String part) {
    var text = read(DOCUMENT);
    int begin = text.indexOf("## " + part);
    assertThat(begin).as("the part %s", part).isPositive();
    int end = text.indexOf("\n## ", begin);
    var rows = new HashMap<String, Row>();
    ROW.matcher(text.substring(begin, end < 0 ? text.length() : end))
        .results()
        .forEach(one -> rows.put(one.group(1), new Row(one.group(2), one.group(3), one.group(4))));
    return rows;
  }

  /// The texts of this room's test classes, by their names.
  private static Map<String, String> tests() {
    try (var files = Files.walk(Path.of("src/test/java"))) {
      var tests = new HashMap<String, String>();
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> tests.put(file.getFileName().toString().replace(".java", ""), read(file)));
      return tests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyStateIsReachedEveryStateCanEndAndNoStateHasTwoStepsOfOneName() {
    for (var procedure : procedures) {
      var arrows = new HashSet<String>();
      for (var step : procedure.steps())
        assertThat(arrows.add(step.from() + " " + step.action())).as("%s", step).isTrue();
      assertThat(reached(procedure, procedure.initial()))
          .as(procedure.name())
          .isEqualTo(procedure.states());
      for (var state : procedure.states())
        assertThat(reached(procedure, state))
            .as("%s from %s", procedure.name(), state)
            .containsAnyElementsOf(procedure.terminal());
    }
  }

  private static Set<String> reached(Procedure procedure, String from) {
    var reached = new HashSet<>(Set.of(from));
    for (int before = 0; before < reached.size(); ) {
      before = reached.size();
      for (var step : procedure.steps()) if (reached.contains(step.from())) reached.add(step.to());
    }
    return reached;
  }
}
