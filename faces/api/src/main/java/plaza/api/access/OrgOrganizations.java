package plaza.api.access;

import java.util.List;
import java.util.Map;
import plaza.access.people.Organization;
import plaza.api.linked.JsonLd;
import plaza.graph.Value;
import plaza.web.Exchange;

/// Organisations in the words of the W3C's Organization Ontology and schema.org: what
/// `/api/v1/organisations` answers to who accepts `application/ld+json`.
final class OrgOrganizations {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "org", "http://www.w3.org/ns/org#",
          "schema", "https://schema.org/",
          "skos", "http://www.w3.org/2004/02/skos/core#",
          "plaza", "https://plaza.city/ns#");

  private OrgOrganizations() {}

  static void send(Exchange exchange, Organization organization) {
    described(JsonLd.of(PREFIXES), organization).send(exchange);
  }

  static void send(Exchange exchange, List<Organization> organizations) {
    JsonLd.of(PREFIXES)
        .put(
            "@graph",
            new Value.Items(
                organizations.stream()
                    .<Value>map(one -> described(new JsonLd(), one).struct())
                    .toList()))
        .send(exchange);
  }

  private static JsonLd described(JsonLd answer, Organization organization) {
    answer
        .put("@id", organization.id())
        .put("@type", Value.of(types(organization)))
        .put("skos:prefLabel", organization.name())
        .put("schema:name", organization.name())
        .put("org:classification", JsonLd.link("plaza:" + organization.kind().code()));
    if (!organization.identifiers().isEmpty())
      answer.put("org:identifier", Value.of(organization.identifiers().stream().sorted().toList()));
    if (organization.partOf() != null)
      answer.put(
          organization.kind() == Organization.Kind.DEPARTMENT
              ? "org:unitOf"
              : "org:subOrganizationOf",
          JsonLd.link(organization.partOf()));
    if (organization.publicShare() != null)
      answer.put(
          "plaza:publicShare",
          JsonLd.typed(
              organization.publicShare().toPlainString(),
              "http://www.w3.org/2001/XMLSchema#decimal"));
    return answer;
  }

  /// A department is a unit of its city; all others are legal bodies of their own.
  private static List<String> types(Organization organization) {
    return switch (organization.kind()) {
      case DEPARTMENT -> List.of("org:OrganizationalUnit", "schema:GovernmentOrganization");
      case CITY, OTHER_CITY -> List.of("org:FormalOrganization", "schema:GovernmentOrganization");
      case UNIVERSITY -> List.of("org:FormalOrganization", "schema:CollegeOrUniversity");
      case RESEARCH -> List.of("org:FormalOrganization", "schema:ResearchOrganization");
      case CIVIL -> List.of("org:FormalOrganization", "schema:NGO");
      case COMPANY, SME, STARTUP, UTILITY, INVESTOR ->
          List.of("org:FormalOrganization", "schema:Corporation");
    };
  }
}
