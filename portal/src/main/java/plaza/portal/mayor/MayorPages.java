package plaza.portal.mayor;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Paging;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Collection;
import plaza.portal.record.Panel;
import plaza.portal.record.Titles;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.figures.Figure;
import plaza.programme.figures.Table;
import plaza.programme.figures.Window;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The mayor's page, the records behind each figure, and both as CSV.
public final class MayorPages {
  private static final int SIZE = 100;
  private static final String CSV = "text/csv; charset=utf-8";

  private final Pages pages;
  private final Programme programme;
  private final Visitors visitors;
  private final Titles titles;
  private final Times times;

  public MayorPages(
      Pages pages, Programme programme, Visitors visitors, Titles titles, Times times) {
    this.pages = pages;
    this.programme = programme;
    this.visitors = visitors;
    this.titles = titles;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/mayor", Right.anyone(), this::show)
        .get("/mayor.csv", Right.anyone(), this::csv)
        .get("/mayor/{figure}", Right.anyone(), this::behind)
        .get("/mayor/{figure}/records.csv", Right.anyone(), this::behindCsv);
  }

  /// Which time the page speaks of.
  ///
  /// @param from as it was asked for; empty since the beginning
  /// @param until empty until now
  /// @param words such as `2025`
  public record Asked(String from, String until, Window window, String words) {
    /// What its links carry on; empty for all time.
    public String query() {
      if (from.isEmpty() && until.isEmpty()) return "";
      return "?from=" + from + "&until=" + until;
    }
  }

  private Asked asked(Exchange exchange) {
    var year = exchange.query("year").orElse("");
    var from = exchange.query("from").orElse("").strip();
    var until = exchange.query("until").orElse("").strip();
    if (year.matches("\\d{4}")) {
      from = year + "-01-01";
      until = Integer.parseInt(year) + 1 + "-01-01";
    }
    var now = programme.now();
    var end =
        Optional.ofNullable(moment(until, "until")).filter(at -> at.isBefore(now)).orElse(now);
    return new Asked(from, until, new Window(moment(from, "from"), end), words(from, until));
  }

  private static @Nullable Instant moment(String date, String name) {
    if (date.isEmpty()) return null;
    try {
      return LocalDate.parse(date).atStartOfDay(UTC).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal.Invalid(name + " must be a date such as 2026-01-01, not '" + date + "'");
    }
  }

  private String words(String from, String until) {
    if (from.isEmpty() && until.isEmpty()) return "all time";
    if (from.matches("\\d{4}-01-01")
        && until.equals(Integer.parseInt(from.substring(0, 4)) + 1 + "-01-01"))
      return from.substring(0, 4);
    return (from.isEmpty() ? "the beginning" : times.day(from))
        + " to "
        + (until.isEmpty() ? "now" : times.day(until));
  }

  private void show(Exchange exchange) {
    var asked = asked(exchange);
    var figures = programme.figures().of(Address.DEFAULT, asked.window());
    var model = new HashMap<String, Object>();
    model.put("board", Board.of(figures, called(exchange)::of));
    model.put("asked", asked);
    model.put("years", years(figures, asked));
    pages.show(
        exchange,
        Page.of(
                "What the programme comes to",
                "What became of what was tried out: the mayor's figures, each with its records.",
                "mayor")
            .ofProgramme(),
        "mayor",
        model);
  }

  /// Those in which a pilot started, the last years, and the one that is shown.
  private List<String> years(Value.Struct figures, Asked asked) {
    var years = new TreeSet<String>();
    new Seen(figures)
        .part("conversion")
        .ifPresent(one -> one.parts("cohorts").forEach(c -> years.add("" + c.count("year"))));
    int now = Year.from(programme.now().atZone(UTC)).getValue();
    for (int year = now - 4; year <= now; year++) years.add("" + year);
    if (asked.words().matches("\\d{4}")) years.add(asked.words());
    return List.copyOf(years.descendingSet());
  }

  private void csv(Exchange exchange) {
    var asked = asked(exchange);
    var rows = new ArrayList<Value.Struct>();
    programme
        .figures()
        .of(Address.DEFAULT, asked.window())
        .members()
        .forEach((name, figure) -> flatten(name, name, figure, asked, rows));
    download(exchange, "figures", Table.csv(rows));
  }

  /// Each number of the answer as a row of its own, under its path.
  private static void flatten(
      String figure, String path, Value value, Asked asked, List<Value.Struct> rows) {
    switch (value) {
      case Value.Struct(var members) ->
          members.forEach((name, one) -> {
            if (!name.equals("window") && !name.equals("bounds"))
              flatten(figure, path + "." + name, one, asked, rows);
          });
      case Value.Items(var items) -> {
        for (int i = 0; i < items.size(); i++)
          flatten(figure, path + "[" + i + "]", items.get(i), asked, rows);
      }
      case Value leaf -> {
        var row = new LinkedHashMap<String, Value>();
        row.put("figure", Value.of(figure));
        row.put("measure", Value.of(path));
        row.put("value", leaf);
        var from = asked.window().from();
        row.put("from", from == null ? Value.Null.VALUE : Value.of(from.toString()));
        row.put("until", Value.of(asked.window().until().toString()));
        rows.add(new Value.Struct(row));
      }
    }
  }

  private static void download(Exchange exchange, String name, String csv) {
    exchange.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
    exchange.send(200, CSV, csv);
  }

  private List<Value.Struct> rows(Exchange exchange, Asked asked) {
    return programme
        .figures()
        .behind(Address.DEFAULT, Figure.of(exchange.parameter("figure")), asked.window());
  }

  private void behindCsv(Exchange exchange) {
    download(exchange, exchange.parameter("figure"), Table.csv(rows(exchange, asked(exchange))));
  }

  /// A record behind a figure.
  ///
  /// @param record the record itself; no href when it is not public
  public record Line(Panel.Link record, List<String> cells) {}

  private void behind(Exchange exchange) {
    var asked = asked(exchange);
    var all = rows(exchange, asked);
    var called = called(exchange);
    var columns = new LinkedHashSet<String>();
    all.forEach(row -> columns.addAll(row.members().keySet()));
    columns.removeAll(List.of("record", "type", "title"));
    int page = Paging.asked(exchange.query("page", 1));
    var lines =
        all.stream()
            .skip(Paging.offset(page, SIZE))
            .limit(SIZE)
            .map(row -> line(called, new Seen(row), columns))
            .toList();
    var tile =
        Board.of(programme.figures().of(Address.DEFAULT, asked.window()), called::of)
            .tiles()
            .stream()
            .filter(one -> one.code().equals(exchange.parameter("figure")))
            .findFirst()
            .orElseThrow();
    var model = new HashMap<String, Object>();
    model.put("tile", tile);
    model.put("asked", asked);
    model.put("columns", columns.stream().map(Plain::words).toList());
    model.put("lines", lines);
    model.put(
        "paging",
        Paging.of(
            "/mayor/" + tile.code(),
            Map.of("from", asked.from(), "until", asked.until()),
            page,
            SIZE,
            all.size()));
    pages.show(
        exchange,
        Page.of(tile.question(), "The records behind it.", "mayor").ofProgramme(),
        "mayorbehind",
        model);
  }

  private Titles.For called(Exchange exchange) {
    return titles.to(visitors.caller(exchange));
  }

  private Line line(Titles.For called, Seen row, Set<String> columns) {
    var href = row.findText("record").flatMap(Collection::href).orElse("");
    var cells = columns.stream().map(column -> cell(called, row, column)).toList();
    return new Line(new Panel.Link(href, row.text("title")), cells);
  }

  private String cell(Titles.For called, Seen row, String column) {
    return switch (row.view().members().get(column)) {
      case null -> "";
      case Value.Null _ -> "–";
      case Value.Flag(boolean yes) -> yes ? "yes" : "no";
      case Value.Whole(long number) -> "%,d".formatted(number);
      case Value.Decimal(double number) -> "%.1f".formatted(number);
      case Value.Text(var text) ->
          column.equals("state")
              ? Plain.words(text)
              : text.matches("\\d{4}-\\d\\d-\\d\\dT.*Z")
                  ? times.day(text)
                  : text.startsWith("urn:") ? called.of(text) : text;
      case Value.Items(var items) -> "%,d".formatted(items.size());
      case Value.Struct _ -> "";
    };
  }
}
