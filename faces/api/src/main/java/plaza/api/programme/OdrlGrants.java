package plaza.api.programme;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plaza.api.linked.JsonLd;
import plaza.graph.Value;
import plaza.json.Json;
import plaza.web.Exchange;

/// A data grant in the words of the ODRL Information Model 2.2: a request until the data steward
/// approves it, then an agreement that permits to read some attributes of entities of a type, in an
/// area, until a moment, for a purpose. What `/api/v1/grants/{id}` answers to who accepts
/// `application/ld+json`.
final class OdrlGrants {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "odrl", "http://www.w3.org/ns/odrl/2/",
          "dct", "http://purl.org/dc/terms/",
          "adms", "http://www.w3.org/ns/adms#",
          "geo", "http://www.opengis.net/ont/geosparql#",
          "xsd", "http://www.w3.org/2001/XMLSchema#",
          "plaza", "https://plaza.city/ns#");

  /// "Access only under certain conditions", of the EU's authority table of access rights.
  private static final String RESTRICTED =
      "http://publications.europa.eu/resource/authority/access-right/RESTRICTED";

  private OdrlGrants() {}

  static void send(Exchange exchange, Value.Struct view) {
    boolean asked =
        List.of("REQUESTED", "UNDER_REVIEW", "REFUSED").contains(JsonLd.text(view, "state"));
    JsonLd.of(PREFIXES)
        .put("@id", JsonLd.text(view, "id"))
        .put("@type", asked ? "odrl:Request" : "odrl:Agreement")
        .put("odrl:profile", JsonLd.link("https://plaza.city/ns#"))
        .copy(view, "state", "adms:status")
        .put("dct:accessRights", JsonLd.link(RESTRICTED))
        .copy(view, "licence", "dct:license")
        .copy(view, "agreementClause", "plaza:agreementClause")
        .put("odrl:permission", permissions(exchange, view))
        .send(exchange);
  }

  /// One for each type, as their targets differ.
  private static Value permissions(Exchange exchange, Value.Struct view) {
    return new Value.Items(
        JsonLd.texts(view, "types").stream()
            .<Value>map(type ->
                new JsonLd()
                    .put("odrl:target", target(view, type))
                    .put("odrl:action", JsonLd.link("http://www.w3.org/ns/odrl/2/read"))
                    .put("odrl:assigner", JsonLd.link(exchange.origin()))
                    .refer(view, "organisation", "odrl:assignee")
                    .put("odrl:constraint", constraints(view))
                    .struct())
            .toList());
  }

  /// The entities of a type, and of them some attributes and those in an area.
  private static Value target(Value.Struct view, String type) {
    var refinements = new ArrayList<Value>();
    var attributes = JsonLd.texts(view, "attributes").stream().map(JsonLd::link).toList();
    if (!attributes.isEmpty())
      refinements.add(constraint("plaza:attribute", "odrl:isAnyOf", new Value.Items(attributes)));
    if (view.members().get("area") instanceof Value.Struct area)
      refinements.add(
          constraint(
              "odrl:spatial",
              "odrl:isPartOf",
              JsonLd.typed(Json.text(area), "geo:geoJSONLiteral")));
    return new JsonLd()
        .put("@type", "odrl:AssetCollection")
        .put("odrl:source", JsonLd.link(type))
        .put("odrl:refinement", new Value.Items(refinements))
        .struct();
  }

  private static Value constraints(Value.Struct view) {
    var constraints = new ArrayList<Value>();
    moment(view, "startDate", "odrl:dateTime", "odrl:gteq", constraints);
    moment(view, "endDate", "odrl:dateTime", "odrl:lteq", constraints);
    moment(view, "dataFrom", "plaza:observedAt", "odrl:gteq", constraints);
    moment(view, "dataUntil", "plaza:observedAt", "odrl:lteq", constraints);
    var purpose = JsonLd.text(view, "purpose");
    if (!purpose.isEmpty())
      constraints.add(constraint("odrl:purpose", "odrl:eq", Value.of(purpose)));
    return new Value.Items(constraints);
  }

  private static void moment(
      Value.Struct view, String name, String operand, String operator, List<Value> constraints) {
    var at = JsonLd.text(view, name);
    if (!at.isEmpty())
      constraints.add(constraint(operand, operator, JsonLd.typed(at, "xsd:dateTime")));
  }

  private static Value constraint(String left, String operator, Value right) {
    return new JsonLd()
        .put("@type", "odrl:Constraint")
        .put("odrl:leftOperand", JsonLd.link(left))
        .put("odrl:operator", JsonLd.link(operator))
        .put("odrl:rightOperand", right)
        .struct();
  }
}
