package plaza.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of docs/ngsi-ld.md against the checks: what it says works is checked here.
class DocumentationTest {
  private static final Pattern CLAUSES =
      Pattern.compile("@Clause\\((?:value = )?\\{?([^)}]*)\\}?\\)");
  private static final Pattern RANGE = Pattern.compile("(.*\\.)(\\d+)–(?:.*\\.)(\\d+)");

  @Test
  void whatIsSaidToWorkIsChecked() throws IOException {
    var checked = checked();
    var unchecked = new ArrayList<String>();
    for (var row : rows())
      if (row[3].strip().startsWith("yes"))
        for (var clause : clauses(row[1]))
          if (checked.stream().noneMatch(one -> within(one, clause) || within(clause, one)))
            unchecked.add(clause);

    assertThat(unchecked).as("clauses that docs/ngsi-ld.md calls working").isEmpty();
  }

  private static boolean within(String inner, String outer) {
    return (inner + ".").startsWith(outer + ".");
  }

  /// Rows whose first cell begins with a number.
  private static List<String[]> rows() throws IOException {
    return Files.readAllLines(Path.of("../docs/ngsi-ld.md")).stream()
        .filter(line -> line.matches("\\| [4-7][. |].*"))
        .map(line -> line.split("\\|", -1))
        .toList();
  }

  private static List<String> clauses(String cell) {
    var clauses = new ArrayList<String>();
    for (var part : cell.strip().split(", ", -1)) {
      var range = RANGE.matcher(part);
      if (range.matches())
        IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
            .forEach(last -> clauses.add(range.group(1) + last));
      else if (part.matches("[\\d.]+")) clauses.add(part);
    }
    return clauses;
  }

  private static Set<String> checked() throws IOException {
    var checked = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (var file : files.filter(one -> one.toString().endsWith("Test.java")).toList())
        CLAUSES
            .matcher(Files.readString(file))
            .results()
            .flatMap(found -> Stream.of(found.group(1).split(",", -1)))
            .map(clause -> clause.replace("\"", "").strip())
            .forEach(checked::add);
    }
    return checked;
  }
}
