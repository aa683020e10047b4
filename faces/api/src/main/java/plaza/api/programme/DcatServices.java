package plaza.api.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Exchange;

/// Services as a DCAT 3 catalogue of data services, which are also public services in the words of
/// CPSV-AP: what `/api/v1/services` answers to who accepts `application/ld+json`.
final class DcatServices {
  private static final String JSON_LD = "application/ld+json";

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

  static boolean isWanted(Exchange exchange) {
    return exchange.header("Accept").orElse("").contains(JSON_LD);
  }

  /// Says that the same service can be had as JSON-LD (RFC 8288).
  static void tell(Exchange exchange) {
    exchange.setHeader("Vary", "Accept");
    exchange.addHeader(
        "Link", "<" + exchange.path() + ">; rel=\"alternate\"; type=\"" + JSON_LD + "\"");
  }

  static void entry(Exchange exchange, Value.Struct view) {
    var entry = new LinkedHashMap<String, Value>();
    entry.put("@context", context());
    entry.putAll(service(exchange, view));
    send(exchange, entry);
  }

  static void catalogue(Exchange exchange, List<Value.Struct> views) {
    var services = new ArrayList<Value>();
    for (var view : views)
      if (OFFERED.contains(text(view, "state")))
        services.add(new Value.Struct(service(exchange, view)));
    var catalogue = new LinkedHashMap<String, Value>();
    catalogue.put("@context", context());
    catalogue.put("@id", Value.of(exchange.origin() + exchange.path()));
    catalogue.put("@type", Value.of("dcat:Catalog"));
    catalogue.put("dct:title", Value.of("Services of the city"));
    catalogue.put("dcat:service", new Value.Items(services));
    send(exchange, catalogue);
  }

  private static Value context() {
    var context = new LinkedHashMap<String, Value>();
    PREFIXES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(prefix -> context.put(prefix.getKey(), Value.of(prefix.getValue())));
    return new Value.Struct(context);
  }

  private static Map<String, Value> service(Exchange exchange, Value.Struct view) {
    var service = new LinkedHashMap<String, Value>();
    var id = text(view, "id");
    service.put("@id", Value.of(id));
    service.put(
        "@type", Value.of(List.of("dcat:DataService", "cpsv:PublicService", "schema:Service")));
    service.put("dct:identifier", Value.of(id));
    copy(view, "title", service, "dct:title");
    copy(view, "summary", service, "dct:description");
    copy(view, "tags", service, "dcat:keyword");
    reference(view, "endpoint", service, "dcat:endpointURL");
    reference(view, "url", service, "dcat:landingPage");
    reference(view, "department", service, "dct:publisher");
    reference(view, "operator", service, "schema:provider");
    copy(view, "licence", service, "dct:license");
    copy(view, "launchedAt", service, "dct:issued");
    copy(view, "renewalDate", service, "plaza:renewalDate");
    copy(view, "sunsetDate", service, "plaza:sunsetDate");
    copy(view, "state", service, "adms:status");
    copy(view, "supportContact", service, "dcat:contactPoint");
    copy(view, "accessibility", service, "schema:accessibilitySummary");
    copy(view, "dataRequirements", service, "plaza:dataRequirements");
    service.put(
        "dcat:endpointDescription", link(exchange.origin() + Records.SERVICES.path() + "/" + id));
    return service;
  }

  private static Value link(String uri) {
    return new Value.Struct(Map.of("@id", Value.of(uri)));
  }

  private static void reference(
      Value.Struct view, String name, Map<String, Value> service, String term) {
    var uri = text(view, name);
    if (!uri.isEmpty()) service.put(term, link(uri));
  }

  private static void copy(
      Value.Struct view, String name, Map<String, Value> service, String term) {
    var value = view.members().get(name);
    if (value != null) service.put(term, value);
  }

  private static String text(Value.Struct view, String name) {
    return view.members().get(name) instanceof Value.Text(var text) ? text : "";
  }

  private static void send(Exchange exchange, Map<String, Value> document) {
    exchange.send(200, JSON_LD, Json.bytes(new Value.Struct(document)));
  }
}
