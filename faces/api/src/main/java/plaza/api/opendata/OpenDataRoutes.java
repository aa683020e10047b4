package plaza.api.opendata;

import java.util.LinkedHashMap;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.programme.Publications;
import plaza.programme.publication.Csv;
import plaza.programme.publication.dataset.Catalogue;
import plaza.programme.publication.foi.Applications;
import plaza.programme.publication.ocds.OpenContracting;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The documents by which a city accounts for its programme: open contracting data, grants of
/// money, who applied to what, and its records as datasets.
public final class OpenDataRoutes {
  private static final String BASE = Catalogue.BASE;
  private static final int PAGE = 100;
  private static final int MOST = 1_000;
  private final Publications publications;
  private final OpenDataSettings settings;
  private final Publishing publishing;

  public OpenDataRoutes(Publications publications, OpenDataSettings settings) {
    this.publications = publications;
    this.settings = settings;
    this.publishing = new Publishing(settings);
  }

  public Routes routes() {
    var routes = new Routes();
    var right = settings.right();
    contracting(routes, right);
    applications(routes, right);
    routes.get(
        BASE + "/360giving.json",
        right,
        e ->
            publishing.json(
                e, publications.grants(Publishing.address(e), publishing.publisher(e)).sheet()));
    new DatasetRoutes(publications, publishing).addTo(routes, right);
    return routes;
  }

  private void contracting(Routes routes, Right right) {
    routes
        .get(
            BASE + "/ocds/releases.json",
            right,
            e ->
                publishing.json(
                    e, contracting(e).releases(after(e), Publishing.limit(e, PAGE, MOST))))
        .get(
            BASE + "/ocds/records.json",
            right,
            e ->
                publishing.json(
                    e, contracting(e).records(after(e), Publishing.limit(e, PAGE, MOST))))
        .get(
            BASE + "/ocds/releases/{ocid}",
            right,
            e -> publishing.json(e, contracting(e).releasesOf(ocid(e))))
        .get(
            BASE + "/ocds/records/{ocid}",
            right,
            e -> publishing.json(e, contracting(e).recordOf(ocid(e))));
  }

  private OpenContracting contracting(Exchange exchange) {
    return publications.contracting(Publishing.address(exchange), publishing.publisher(exchange));
  }

  private static String after(Exchange exchange) {
    return exchange.query("after").orElse("");
  }

  /// With or without `.json` at the end.
  private static String ocid(Exchange exchange) {
    return exchange.parameter("ocid").replaceFirst("\\.json$", "");
  }

  private void applications(Routes routes, Right right) {
    routes
        .get(BASE + "/foi.csv", right, this::applicationsAsTable)
        .get(BASE + "/foi.json", right, this::applicationsAsJson);
  }

  private void applicationsAsTable(Exchange exchange) {
    var table = new StringBuilder(Csv.line(Applications.COLUMNS));
    for (var row : publications.applications(Publishing.address(exchange)).rows())
      table.append(Csv.line(row.values()));
    exchange.setHeader("Content-Disposition", "attachment; filename=\"foi.csv\"");
    publishing.text(exchange, "text/csv; charset=utf-8; header=present", table.toString());
  }

  private void applicationsAsJson(Exchange exchange) {
    var rows =
        publications.applications(Publishing.address(exchange)).rows().stream()
            .<Value>map(row -> {
              var members = new LinkedHashMap<String, Value>();
              row.forEach((column, cell) -> members.put(column, Value.of(cell)));
              return new Value.Struct(members);
            })
            .toList();
    publishing.text(exchange, "application/json", Json.text(new Value.Items(rows)));
  }
}
