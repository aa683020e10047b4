package plaza.portal.mayor;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import plaza.graph.Value;
import plaza.portal.page.Seen;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// The figures as the page shows them, in the order in which a mayor asks: first whether what was
/// tried out stayed, never how much was tried out.
public record Board(List<Tile> tiles) {
  private static final String NO_DATA = "No data yet";

  /// One figure.
  ///
  /// @param code as the programme names it
  /// @param n how many records stand behind it, with what they are
  /// @param how the formula in words
  public record Tile(
      String code,
      String question,
      String answer,
      String bounds,
      String n,
      List<Bar> bars,
      List<Fact> facts,
      String how) {
    public Tile {
      bars = List.copyOf(bars);
      facts = List.copyOf(facts);
    }

    public boolean isEmpty() {
      return answer.equals(NO_DATA);
    }
  }

  public record Fact(String name, String value) {}

  /// One bar of a small chart: from and until in hundredths of the width, and a mark on it.
  ///
  /// @param mark negative for none
  public record Bar(String name, double from, double until, double mark, String value) {
    public String x() {
      return number(from);
    }

    public String width() {
      return number(Math.max(0, until - from));
    }

    public String markX() {
      return number(mark);
    }

    private static String number(double hundredths) {
      return String.format(Locale.ROOT, "%.2f", Math.clamp(hundredths, 0, 100));
    }
  }

  /// @param called what a record is called, for who looks at the page
  static Board of(Value.Struct figures, UnaryOperator<String> called) {
    var all = new Seen(figures);
    var conversion = all.part("conversion").orElseThrow();
    return new Board(
        List.of(
            conversion(conversion),
            coverage(all.part("demandCoverage").orElseThrow()),
            time(all.part("timeToPilotDays").orElseThrow()),
            leverage(all.part("leverage").orElseThrow()),
            retention(all.part("retention").orElseThrow(), called),
            durable(conversion),
            completion(conversion),
            collaboration(all.part("collaboration").orElseThrow())));
  }

  private static Tile conversion(Seen one) {
    var bars = new ArrayList<Bar>();
    for (var cohort : one.parts("cohorts"))
      bars.add(
          new Bar(
              Long.toString(cohort.count("year")),
              cohort.number("low") * 100,
              cohort.number("high") * 100,
              Double.isNaN(cohort.number("value")) ? -1 : cohort.number("value") * 100,
              share(cohort.number("value"))));
    return new Tile(
        "conversion",
        "Do pilots become services?",
        share(one.number("value")),
        one.count("n") == 0
            ? ""
            : "between "
                + share(one.number("low"))
                + " and "
                + share(one.number("high"))
                + ", as those still open end",
        count(one.count("n"), "pilot that started", "pilots that started"),
        bars,
        List.of(
            new Fact("Became a service", count(one.count("scaled"))),
            new Fact("Ended", count(one.count("ended"))),
            new Fact("Still open", count(one.count("open")))),
        "Scaled out of ended. The bar reaches from what it is if none of the open ones scales to"
            + " what it is if all do; the mark is the value. By the year in which they started.");
  }

  private static Tile coverage(Seen one) {
    double value = one.number("value");
    return new Tile(
        "demandCoverage",
        "Is what people ask for being answered?",
        share(value),
        "",
        count(one.count("n"), "person who supports", "people who support")
            + " "
            + count(one.count("clusters"), "cluster of needs", "clusters of needs"),
        Double.isNaN(value)
            ? List.of()
            : List.of(new Bar("People", 0, value * 100, -1, share(value))),
        List.of(
            new Fact("People answered", count(one.count("answeredSupporters"))),
            new Fact("Clusters answered", count(one.count("answeredClusters")))),
        "Different people behind the clusters with a running or scaled pilot or a live service, out"
            + " of all people behind clusters. Who supports five needs counts once. As of now.");
  }

  private static Tile time(Seen one) {
    var fromNeed = one.part("fromNeed").orElseThrow();
    var toData = one.part("toFirstData").orElseThrow();
    double longest = 1;
    for (var part : List.of(one, fromNeed, toData))
      if (part.number("p90") > longest) longest = part.number("p90");
    var bars = new ArrayList<Bar>();
    for (var part :
        List.of(
            new Named("From the call to the running pilot", one),
            new Named("From the need to the running pilot", fromNeed),
            new Named("From the selection to the first live data", toData)))
      bars.add(
          new Bar(
              part.name,
              0,
              Double.isNaN(part.seen.number("p90")) ? 0 : part.seen.number("p90") / longest * 100,
              Double.isNaN(part.seen.number("median"))
                  ? -1
                  : part.seen.number("median") / longest * 100,
              days(part.seen.number("median"))
                  + " · P90 "
                  + days(part.seen.number("p90"))
                  + " · n = "
                  + count(part.seen.count("n"))));
    return new Tile(
        "timeToPilotDays",
        "How long until a pilot runs?",
        Double.isNaN(one.number("median")) ? NO_DATA : days(one.number("median")),
        Double.isNaN(one.number("p90"))
            ? ""
            : "median; nine in ten within " + days(one.number("p90")),
        count(one.count("n"), "pilot that came of a call", "pilots that came of a call"),
        bars,
        List.of(),
        "The mark is the median, the bar ends at the 90th percentile by nearest rank.");
  }

  private record Named(String name, Seen seen) {}

  private static Tile leverage(Seen one) {
    var bars = new ArrayList<Bar>();
    var facts = new ArrayList<Fact>();
    for (var currency : one.parts("currencies")) {
      var code = currency.text("currency");
      for (var cut : List.of("committed", "closed", "disbursed")) {
        var part = currency.part(cut).orElseThrow();
        double share = part.number("privateShare");
        bars.add(
            new Bar(
                code + " " + cut,
                0,
                Double.isNaN(share) ? 0 : share * 100,
                -1,
                ratio(part.number("value")) + " · n = " + count(part.count("n"))));
        facts.add(
            new Fact(
                code + " " + cut,
                money(part.text("private"))
                    + " private, "
                    + money(part.text("public"))
                    + " public"));
      }
      var inKind = currency.part("inKind").orElseThrow();
      facts.add(
          new Fact(
              code + " in kind, apart",
              money(inKind.text("private"))
                  + " private, "
                  + money(inKind.text("public"))
                  + " public"));
    }
    var currencies = one.parts("currencies");
    var answer =
        currencies.stream()
            .map(currency ->
                (currencies.size() == 1 ? "" : currency.text("currency") + " ")
                    + ratio(currency.number("value")))
            .toList();
    return new Tile(
        "leverage",
        "How much private money comes for public money?",
        answer.isEmpty() ? NO_DATA : String.join(", ", answer),
        answer.isEmpty() ? "" : "private for each unit of public money, as committed",
        count(one.count("n"), "commitment", "commitments"),
        bars,
        facts,
        "Cash only, in three cuts; what is given in kind stands apart, and currencies are never"
            + " added up. The bar is the private share. A party is public when at least half of it"
            + " is publicly owned.");
  }

  private static Tile retention(Seen one, UnaryOperator<String> called) {
    var bars = new ArrayList<Bar>();
    var cohorts =
        one.parts("cohorts").stream()
            .filter(cohort -> !cohort.flag("suppressed"))
            .sorted(Comparator.comparing(Board::month))
            .toList();
    for (var cohort : cohorts.subList(Math.max(0, cohorts.size() - 12), cohorts.size()))
      bars.add(
          new Bar(
              named(cohort, called),
              0,
              cohort.number("value") * 100,
              -1,
              share(cohort.number("value")) + " · n = " + count(cohort.count("n"))));
    return new Tile(
        "retention",
        "Do people stay with the services?",
        share(one.number("value")),
        "",
        count(one.count("n"), "person", "people")
            + " in "
            + count(cohorts.size(), "month of new users", "months of new users"),
        bars,
        List.of(
            new Fact(
                "Months with fewer than 10 people, not shown", count(one.count("suppressed")))),
        "Of those who first used a service in a month, the share that used it in days 90 to 96"
            + " after. The chart shows the last twelve months that can be shown.");
  }

  /// A cohort is called by the end of its service's id and the month: the service by its name.
  private static String named(Seen cohort, UnaryOperator<String> called) {
    var name = cohort.text("cohort");
    int blank = name.lastIndexOf(' ');
    if (blank < 0) return name;
    var service = Ids.id(Kind.SERVICE, name.substring(0, blank));
    return called.apply(service) + name.substring(blank);
  }

  /// The last word of a cohort's name.
  private static String month(Seen cohort) {
    var name = cohort.text("cohort");
    return name.substring(name.lastIndexOf(' ') + 1);
  }

  private static Tile durable(Seen one) {
    double value = one.number("durableScale");
    return new Tile(
        "durableScale",
        "Does what was scaled last?",
        share(value),
        "",
        count(one.count("durableScaleN"), "pilot", "pilots") + " that scaled a year ago or earlier",
        Double.isNaN(value)
            ? List.of()
            : List.of(new Bar("Live after a year", 0, value * 100, -1, share(value))),
        List.of(),
        "Of the pilots that scaled, those with a service that was live twelve months later.");
  }

  private static Tile completion(Seen one) {
    double value = one.number("completion");
    return new Tile(
        "completion",
        "Does what was begun come to an end?",
        share(value),
        "",
        count(one.count("n"), "pilot that started", "pilots that started"),
        Double.isNaN(value)
            ? List.of()
            : List.of(new Bar("Ended", 0, value * 100, -1, share(value))),
        List.of(),
        "Pilots that were scaled, stopped or closed, out of those that started.");
  }

  private static String partners(double each) {
    return decimal(each) + (each == 1 ? " partner each" : " partners each");
  }

  /// How a group of organisations works together; the measures come from the programme.
  public static Tile collaboration(Seen one) {
    boolean none = one.count("n") == 0;
    double ei = one.number("eiIndex");
    var bars =
        none
            ? List.<Bar>of()
            : List.of(
                part(
                    "In the largest group that hangs together",
                    one.number("largestComponentShare")),
                part("Ties across sectors", one.number("crossSectorShare")),
                part("Density", one.number("density")));
    return new Tile(
        "collaboration",
        "Do organisations work together?",
        none ? NO_DATA : partners(one.number("meanDegree")),
        none ? "" : "on average",
        count(one.count("n"), "tie", "ties")
            + " between "
            + count(one.count("organisations"), "organisation", "organisations"),
        bars,
        none
            ? List.of()
            : List.of(
                new Fact("Mean degree", decimal(one.number("meanDegree"))),
                new Fact(
                    "E-I index (−1 all ties inward, 1 all outward)",
                    Double.isNaN(ei) ? "unknown" : decimal(ei).replace('-', '−'))),
        "A tie is a joint pilot, proposal, funding or package of the last 24 months; two"
            + " organisations have one, however much they did together.");
  }

  private static Bar part(String name, double share) {
    return new Bar(
        name,
        0,
        Double.isNaN(share) ? 0 : share * 100,
        -1,
        Double.isNaN(share) ? "unknown" : precise(share));
  }

  private static String share(double share) {
    return Double.isNaN(share) ? NO_DATA : Math.round(share * 1_000) / 10.0 + " %";
  }

  private static String precise(double share) {
    return share > 0 && share < 0.01
        ? String.format(Locale.ROOT, "%.3f %%", share * 100)
        : share(share);
  }

  private static String days(double days) {
    return Double.isNaN(days) ? "unknown" : decimal(days) + (days == 1 ? " day" : " days");
  }

  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "unknown" : decimal(ratio) + " : 1";
  }

  private static String decimal(double number) {
    return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(number);
  }

  private static String money(String amount) {
    return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(new java.math.BigDecimal(amount));
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String count(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }
}
