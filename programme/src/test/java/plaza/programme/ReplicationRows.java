package plaza.programme;

import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.struct;
import static plaza.programme.record.Kind.REPLICATION;
import static plaza.programme.record.Kind.SOLUTION_PACKAGE;

import java.util.LinkedHashMap;
import java.util.List;
import plaza.graph.Value;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;

/// Replications.
final class ReplicationRows {
  static final String THERE = "https://there.example";

  private ReplicationRows() {}

  static void replications(List<Row> rows) {
    add(
        rows,
        REPLICATION,
        "PROPOSED",
        "assess",
        "packageDigestVerified",
        w -> taken(w, "EUPL-1.2").sends("{'packageDigest': 'sha256:of another'}"),
        w -> taken(w, "EUPL-1.2").sends("{'packageDigest': '" + digest("EUPL-1.2") + "'}"));
    add(
        rows,
        REPLICATION,
        "PROPOSED",
        "assess",
        "targetCatalogueReachable",
        w -> taken(w, "EUPL-1.2"),
        w -> {
          w.city.elsewhere.put(THERE + "/ngsi-ld/v1/types?details=true", "[]");
          taken(w, "EUPL-1.2");
        });
    add(
        rows,
        REPLICATION,
        "PROPOSED",
        "abandon",
        "reason",
        w -> {},
        w -> w.sends("{'reason': 'r'}"));
    add(
        rows,
        REPLICATION,
        "ASSESSED",
        "adapt",
        "allMandatorySatisfiedOrMapped",
        w -> taken(w, "EUPL-1.2").has("{'report': {'deployable': false, 'gaps': ['docks']}}"),
        w -> taken(w, "EUPL-1.2").has("{'report': {'deployable': true}}"));
    add(
        rows,
        REPLICATION,
        "ASSESSED",
        "adapt",
        "packageLicenceAllows|agreement",
        w -> taken(w, "all rights reserved"),
        w -> taken(w, "all rights reserved").sends("{'agreement': 'contract 7'}"));
    add(
        rows,
        REPLICATION,
        "ADAPTING",
        "deploy",
        "localServiceLIVE",
        w -> {
          w.city.elsewhere.put(THERE + "/s", "{'state': 'DRAFT'}");
          taken(w, "MIT").sends("{'localService': '" + THERE + "/s'}");
        },
        w -> {
          w.city.elsewhere.put(THERE + "/s", "{'state': 'LIVE'}");
          taken(w, "MIT").sends("{'localService': '" + THERE + "/s'}");
        });
    add(
        rows,
        REPLICATION,
        "DEPLOYED",
        "confirm",
        "90dRetention>=threshold",
        w -> taken(w, "MIT").has("{'localRetention': 0.24}"),
        w -> taken(w, "MIT").has("{'localRetention': 0.25}"));
  }

  private static String digest(String licence) {
    var sealed = new LinkedHashMap<>(struct("{'title': 't', 'version': '1'}").members());
    sealed.put("licence", Value.of(licence));
    return "sha256:" + Canonical.hash(new Value.Struct(sealed));
  }

  private static World taken(World w, String licence) {
    return w.plant(
            SOLUTION_PACKAGE,
            "k",
            "PUBLISHED",
            "{'title': 't', 'version': '1', 'licence': '%s', 'digest': '%s'}"
                .formatted(licence, digest(licence)))
        .has(
            "{'package': 'urn:ngsi-ld:SolutionPackage:k', 'organisation': 'urn:o:there',"
                + " 'catalogue': '"
                + THERE
                + "'}");
  }
}
