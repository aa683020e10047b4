package plaza.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// What was checked of each clause and how it went, as Markdown and JSON, written when all is done.
final class Report implements AutoCloseable {
  private record Finding(String check, String outcome, String why) {}

  private final Map<String, List<Finding>> byClause = new TreeMap<>(Report::inOrder);
  private int checks;
  private int failed;

  /// Sees every check of this module.
  static final class Watcher implements BeforeAllCallback, TestWatcher {
    @Override
    public void beforeAll(ExtensionContext context) {
      report(context);
    }

    private static Report report(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(Report.class, _ -> new Report(), Report.class);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
      report(context).add(context, "passed", "");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
      report(context).add(context, "failed", String.valueOf(cause.getMessage()));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
      report(context).add(context, "skipped", String.valueOf(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
      report(context).add(context, "skipped", reason.orElse(""));
    }
  }

  private synchronized void add(ExtensionContext context, String outcome, String why) {
    checks++;
    if (outcome.equals("failed")) failed++;
    var clause = context.getRequiredTestMethod().getAnnotation(Clause.class);
    if (clause == null) clause = context.getRequiredTestClass().getAnnotation(Clause.class);
    var finding = new Finding(name(context), outcome, why);
    for (var number : clause == null ? new String[] {"?"} : clause.value())
      byClause.computeIfAbsent(number, _ -> new ArrayList<>()).add(finding);
  }

  /// `aNewEntityIsThere` as "a new entity is there", with what one of several runs is about.
  private static String name(ExtensionContext context) {
    var method = context.getRequiredTestMethod().getName();
    var words = method.replaceAll("(?<=\\w)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    var shown = context.getDisplayName();
    return shown.startsWith(method) ? words : words + " · " + shown;
  }

  private static int inOrder(String one, String other) {
    return Arrays.compare(
        one.split("\\."), other.split("\\."), Comparator.comparingInt(Report::place));
  }

  /// Numbers first, then the annexes.
  private static int place(String part) {
    return part.matches("\\d+") ? Integer.parseInt(part) : 1_000 + part.charAt(0);
  }

  @Override
  public void close() {
    var folder = Path.of(System.getProperty("report.folder", "target"));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("conformance.md"), markdown());
      Files.writeString(folder.resolve("conformance.json"), json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String markdown() {
    var out = new StringBuilder("# Conformance by clause\n");
    out.append(
        "NGSI-LD V1.9.1, checked over HTTP: %d checks, %d failed.\n".formatted(checks, failed));
    out.append("\n| clause | checks | failed |\n|---|---|---|\n");
    byClause.forEach((clause, findings) ->
        out.append(
            "| %s | %d | %d |\n".formatted(clause, findings.size(), count(findings, "failed"))));
    byClause.forEach((clause, findings) -> {
      out.append("\n## ").append(clause).append('\n');
      for (var finding : findings) {
        var mark =
            switch (finding.outcome()) {
              case "passed" -> "";
              case "skipped" -> " **(not checked)**";
              default -> " **(failed)**";
            };
        out.append("- ").append(finding.check()).append(mark).append('\n');
      }
    });
    return out.toString();
  }

  private static long count(List<Finding> findings, String outcome) {
    return findings.stream().filter(finding -> finding.outcome().equals(outcome)).count();
  }

  private String json() {
    var clauses = new ArrayList<String>();
    byClause.forEach((clause, findings) -> {
      var rows =
          findings.stream()
              .map(finding ->
                  "{\"check\":%s,\"outcome\":\"%s\",\"why\":%s}"
                      .formatted(quoted(finding.check()), finding.outcome(), quoted(finding.why())))
              .toList();
      clauses.add(
          "{\"clause\":\"%s\",\"checks\":[\n  %s\n]}"
              .formatted(clause, String.join(",\n  ", rows)));
    });
    return "{\"standard\":\"ETSI GS CIM 009 V1.9.1\",\"checks\":%d,\"failed\":%d,\"clauses\":[\n%s\n]}\n"
        .formatted(checks, failed, String.join(",\n", clauses));
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (char c : text.toCharArray())
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append("\\u%04x".formatted((int) c));
      else out.append(c);
    return out.append('"').toString();
  }
}
