package plaza.programme;

import static plaza.programme.GuardRows.SOMEONE;
import static plaza.programme.GuardRows.add;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.TEAM;
import static plaza.programme.record.Kind.PILOT;
import static plaza.programme.record.Kind.REVIEW;

import java.util.List;
import plaza.graph.Value;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.record.Canonical;

/// A pilot's passing to another organisation.
final class NovationRows {
  private static final String OFFER =
      "{'novation': {'from': '%s', 'to': '%s', 'team': ['urn:h:1'], 'reason': 'r'},"
              .formatted(TEAM, OTHER_TEAM)
          + " 'organisation': '%s', 'proposal': 'urn:ngsi-ld:Proposal:p'}".formatted(TEAM);

  private NovationRows() {}

  static void novations(List<Row> rows) {
    add(rows, PILOT, "ACTIVE", "novate", "novationProposed", w -> {}, w -> w.has(OFFER));
    add(
        rows,
        PILOT,
        "ACTIVE",
        "novate",
        "novationSignedByAll",
        w -> signed(w, "city", "from"),
        w -> signed(w, "city", "from", "to"));
    add(
        rows,
        PILOT,
        "READY",
        "novate",
        "newPartyVerified",
        w -> {
          w.has(OFFER);
          w.city.people.unverify(OTHER_TEAM);
        },
        w -> w.has(OFFER));
    add(
        rows,
        PILOT,
        "SUSPENDED",
        "novate",
        "noTieToNewParty",
        w -> {
          w.city.people.join("urn:plaza:person:judge", OTHER_TEAM);
          reviewed(w);
        },
        NovationRows::reviewed);
    add(
        rows,
        PILOT,
        "ACTIVE",
        "novate",
        "noTieToNewParty",
        w -> {
          w.city.people.join(SOMEONE, OTHER_TEAM);
          w.has(OFFER);
        },
        w -> w.has(OFFER));
  }

  private static void reviewed(World w) {
    w.has(OFFER)
        .plant(
            REVIEW,
            "r",
            "FINAL",
            "{'proposal': 'urn:ngsi-ld:Proposal:p', 'reviewer': 'urn:plaza:person:judge'}");
  }

  private static void signed(World w, String... parties) {
    w.has(OFFER);
    var text = new java.util.TreeMap<String, Value>();
    var offer = w.fields.get("novation");
    if (offer != null) text.put("novation", offer);
    var hash = Canonical.hash(new Value.Struct(text));
    var consents = new java.util.TreeMap<String, Value>();
    for (var party : parties)
      consents.put(
          party,
          ProgrammeCity.struct(
              "{'by': 'urn:s:%s', 'at': 'then', 'hash': '%s'}".formatted(party, hash)));
    w.fields.put("novationConsents", new Value.Struct(consents));
  }
}
