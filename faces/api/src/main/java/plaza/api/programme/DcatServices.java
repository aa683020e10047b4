package plaza.api.programme;

import java.util.List;
import java.util.Map;
import plaza.api.linked.JsonLd;
import plaza.graph.Value;
import plaza.web.Exchange;

/// Services as a DCAT 3 catalogue of data services, which are also public services in the words of
/// CPSV-AP: what `/api/v1/services` answers to who accepts `application/ld+json`.
final class DcatServices {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "dcat", "http://www.w3.org/ns/dcat#",
          "dct", "http://purl.org/dc/terms/",
          "adms", "http://www.w3.org/ns/adms#",
          "cpsv", "http://purl.org/vocab/cpsv#",
          "schema", "https://schema.org/",
          "vcard", "http://www.w3.org/2006/vcard/ns#",
          "plaza", "https://plaza.city/ns#");

  /// Running; what is drafted or over is in no catalogue.
  private static final List<String> OFFERED = List.of("LIVE", "RENEWAL_DUE", "SUNSETTING");

  private DcatServices() {}

  static void entry(Exchange exchange, Value.Struct view) {
    service(JsonLd.of(PREFIXES), exchange, view).send(exchange);
  }

  static void catalogue(Exchange exchange, List<Value.Struct> views) {
    var services =
        views.stream()
            .filter(view -> OFFERED.contains(JsonLd.text(view, "state")))
            .<Value>map(view -> service(new JsonLd(), exchange, view).struct())
            .toList();
    JsonLd.of(PREFIXES)
        .put("@id", exchange.origin() + exchange.path())
        .put("@type", "dcat:Catalog")
        .put("dct:title", "Services of the city")
        .put("dcat:service", new Value.Items(services))
        .send(exchange);
  }

  private static JsonLd service(JsonLd service, Exchange exchange, Value.Struct view) {
    var id = JsonLd.text(view, "id");
    return service
        .put("@id", id)
        .put("@type", Value.of(List.of("dcat:DataService", "cpsv:PublicService", "schema:Service")))
        .put("dct:identifier", id)
        .copy(view, "title", "dct:title")
        .copy(view, "summary", "dct:description")
        .copy(view, "tags", "dcat:keyword")
        .refer(view, "endpoint", "dcat:endpointURL")
        .refer(view, "url", "dcat:landingPage")
        .refer(view, "department", "dct:publisher")
        .refer(view, "operator", "schema:provider")
        .copy(view, "licence", "dct:license")
        .copy(view, "launchedAt", "dct:issued")
        .copy(view, "renewalDate", "plaza:renewalDate")
        .copy(view, "sunsetDate", "plaza:sunsetDate")
        .copy(view, "state", "adms:status")
        .copy(view, "supportContact", "dcat:contactPoint")
        .copy(view, "accessibility", "schema:accessibilitySummary")
        .copy(view, "dataRequirements", "plaza:dataRequirements")
        .put(
            "dcat:endpointDescription",
            JsonLd.link(exchange.origin() + Records.SERVICES.path() + "/" + id));
  }
}
