package plaza.api.opendata;

import java.util.List;
import java.util.concurrent.Semaphore;
import plaza.graph.Refusal;
import plaza.programme.Publications;
import plaza.programme.publication.Publisher;
import plaza.programme.publication.Sheet;
import plaza.programme.publication.dataset.Catalogue;
import plaza.programme.publication.dataset.Chain;
import plaza.programme.publication.dataset.Dataset;
import plaza.programme.publication.dataset.Format;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// The datasets, the audit chain and the list of all there is (DCAT 3).
final class DatasetRoutes {
  private static final String BASE = Catalogue.BASE;
  private static final int MOST_AT_ONCE = 16;
  private final Semaphore sending = new Semaphore(MOST_AT_ONCE);
  private final Publications publications;
  private final Publishing publishing;

  DatasetRoutes(Publications publications, Publishing publishing) {
    this.publications = publications;
    this.publishing = publishing;
  }

  void addTo(Routes routes, Right right) {
    routes.get(BASE, right, this::index);
    for (var format : Format.values()) {
      for (var one : publications.datasets(plaza.graph.Address.DEFAULT).list())
        routes.get(
            BASE + "/" + one.name() + "." + format.suffix(),
            right,
            e -> dataset(e, one.name(), format));
      routes.get(BASE + "/chain." + format.suffix(), right, e -> chain(e, format));
    }
  }

  private void dataset(Exchange exchange, String name, Format format) {
    var datasets = publications.datasets(Publishing.address(exchange));
    Dataset dataset =
        datasets.find(name).orElseThrow(() -> new Refusal.NotFound("there is no dataset " + name));
    send(
        exchange,
        format,
        dataset.title(),
        dataset.names(),
        visitor ->
            datasets.each(
                dataset,
                row -> {
                  visitor.accept(row);
                  return true;
                }));
  }

  /// `?challenge=` its id: the steps of one challenge and all that came of it; `?from=` a number:
  /// from that link on.
  private void chain(Exchange exchange, Format format) {
    var chain = publications.chain(Publishing.address(exchange));
    var challenge = exchange.query("challenge");
    int from = exchange.query("from", 1);
    // Before the answer has begun: afterwards a refusal could not be told.
    challenge.ifPresent(chain::require);
    send(
        exchange,
        format,
        "The audit chain",
        Chain.COLUMNS,
        visitor ->
            challenge.ifPresentOrElse(
                id -> chain.eachOf(id, visitor), () -> chain.each(from, visitor)));
  }

  private void send(
      Exchange exchange, Format format, String title, List<String> columns, Format.Rows rows) {
    // Each reads as it sends, for as long as its reader takes.
    if (!sending.tryAcquire())
      throw new Refusal.TooMany(
          MOST_AT_ONCE + " datasets are being sent to others; ask again in a minute");
    try {
      publishing.tell(exchange);
      format.write(
          title,
          columns,
          publishing.publisher(exchange),
          rows,
          exchange.stream(200, format.mediaType()));
    } finally {
      sending.release();
    }
  }

  /// Plain names, which the context says are those of DCAT and Dublin Core.
  private void index(Exchange exchange) {
    var address = Publishing.address(exchange);
    var publisher = publishing.publisher(exchange);
    var updated = publications.updated(address);
    var datasets =
        Catalogue.of(publications.datasets(address)).stream()
            .map(entry ->
                new Sheet()
                    .put("@id", publisher.url(BASE + "#" + entry.name()))
                    .put("@type", "dcat:Dataset")
                    .put("identifier", entry.name())
                    .put("title", entry.title())
                    .put("description", entry.description())
                    .put("conformsTo", entry.standard())
                    .put("licence", publisher.licence())
                    .put("updated", updated)
                    .put("distributions", distributions(entry, publisher)))
            .toList();
    publishing.json(
        exchange,
        new Sheet()
            .put("@context", context())
            .put("@id", publisher.url(BASE))
            .put("@type", "dcat:Catalog")
            .put("title", "Open data of the programme of " + publisher.name())
            .put("publisher", publisher.name())
            .put("licence", publisher.licence())
            .put("language", publisher.language())
            .put("updated", updated)
            .put("homepage", publisher.url("/open-data"))
            .put("datasets", datasets));
  }

  private static List<Sheet> distributions(Catalogue.Entry entry, Publisher publisher) {
    return entry.distributions().stream()
        .map(one ->
            new Sheet()
                .put("@type", "dcat:Distribution")
                .put("format", one.format())
                .put("mediaType", one.mediaType())
                .put("url", publisher.url(one.path()))
                .put("licence", publisher.licence()))
        .toList();
  }

  private static Sheet context() {
    return new Sheet()
        .put("dcat", "http://www.w3.org/ns/dcat#")
        .put("dct", "http://purl.org/dc/terms/")
        .put("foaf", "http://xmlns.com/foaf/0.1/")
        .put("title", "dct:title")
        .put("description", "dct:description")
        .put("identifier", "dct:identifier")
        .put("publisher", "dct:publisher")
        .put("language", "dct:language")
        .put("conformsTo", "dct:conformsTo")
        .put("licence", new Sheet().put("@id", "dct:license").put("@type", "@id"))
        .put("updated", "dct:modified")
        .put("homepage", new Sheet().put("@id", "foaf:homepage").put("@type", "@id"))
        .put("datasets", "dcat:dataset")
        .put("distributions", "dcat:distribution")
        .put("format", "dct:format")
        .put("mediaType", "dcat:mediaType")
        .put("url", new Sheet().put("@id", "dcat:downloadURL").put("@type", "@id"));
  }
}
