package plaza.programme;

import static plaza.programme.GuardRows.FUTURE;
import static plaza.programme.GuardRows.PAST;
import static plaza.programme.GuardRows.X;
import static plaza.programme.GuardRows.add;
import static plaza.programme.record.Kind.BOOKING;
import static plaza.programme.record.Kind.PILOT;
import static plaza.programme.record.Kind.PLACE;
import static plaza.programme.record.Kind.REGULATORY_CASE;

import java.util.List;
import plaza.graph.Address;
import plaza.programme.GuardsTest.Row;
import plaza.programme.GuardsTest.World;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Canonical;

/// Bookings and regulatory cases. It is 2026-06-01 08:00 UTC, a Monday.
final class FieldRows {
  private static final String TODAY =
      "'start': '2026-06-01T09:00:00Z', 'end': '2026-06-01T11:00:00Z'";

  private FieldRows() {}

  static void bookings(List<Row> rows) {
    add(
        rows,
        BOOKING,
        "REQUESTED",
        "confirm",
        "noOverlapPerCapacity",
        w -> taken(place(w, ""), "2026-06-01T08:00:00Z", "2026-06-01T09:00:01Z").has(at(TODAY)),
        w -> taken(place(w, ""), "2026-06-01T08:00:00Z", "2026-06-01T09:00:00Z").has(at(TODAY)));
    var hours = "'openingHours': [{'days': ['MONDAY'], 'from': '10:00', 'until': '12:00'}]";
    add(
        rows,
        BOOKING,
        "REQUESTED",
        "confirm",
        "withinOpeningHours",
        w -> place(w, hours + ", 'timeZone': 'UTC'").has(at(TODAY)),
        w -> place(w, hours + ", 'timeZone': 'Europe/London'").has(at(TODAY)));
    var conditions = "'conditions': 'leave it clean'";
    var hash = Canonical.hash("leave it clean");
    add(
        rows,
        BOOKING,
        "REQUESTED",
        "confirm",
        "conditionsAccepted",
        w -> place(w, conditions).has(at(TODAY + ", 'conditionsHash': 'of other words'")),
        w -> place(w, conditions).has(at(TODAY + ", 'conditionsHash': '" + hash + "'")));
    var over = "'start': '2026-06-01T06:00:00Z', 'end': '2026-06-01T07:00:00Z'";
    add(
        rows,
        BOOKING,
        "REQUESTED",
        "confirm",
        "before end",
        w -> place(w, "").has(at(over)),
        w -> place(w, "").has(at(TODAY)));
    add(
        rows,
        BOOKING,
        "REQUESTED",
        "reject",
        "reason",
        w -> place(w, "").has(at(TODAY)),
        w -> place(w, "").has(at(TODAY)).sends("{'reason': 'works'}"));
    add(
        rows,
        BOOKING,
        "REQUESTED",
        "lapse",
        "now>=end",
        w -> place(w, "").has(at(TODAY)),
        w -> place(w, "").has(at(over)));
    add(
        rows,
        BOOKING,
        "CONFIRMED",
        "cancel",
        "reason if fieldOwner",
        w -> place(w, "").has(at(TODAY)).by(w.city.person("someone", "fieldOwner")),
        w ->
            place(w, "")
                .has(at(TODAY))
                .by(w.city.person("someone", "fieldOwner"))
                .sends("{'reason': 'flood'}"));
    using(rows);
  }

  private static void using(List<Row> rows) {
    var soon = "'start': '2026-06-01T08:15:00Z', 'end': '2026-06-01T09:00:00Z'";
    add(
        rows,
        BOOKING,
        "CONFIRMED",
        "startUse",
        "now in [start-15m,end]",
        w -> held(place(w, ""), TODAY),
        w -> held(place(w, ""), soon));
    add(
        rows,
        BOOKING,
        "CONFIRMED",
        "startUse",
        "checkedIn|pilotRunning",
        w -> held(place(w, ""), soon).by(Caller.plaza(Address.DEFAULT, "clock")),
        w ->
            held(place(w, ""), soon)
                .has("{'pilot': 'urn:ngsi-ld:Pilot:p'}")
                .plant(PILOT, "p", "ACTIVE", "{}")
                .by(Caller.plaza(Address.DEFAULT, "clock")));
    add(
        rows,
        BOOKING,
        "CONFIRMED",
        "startUse",
        "freeUntilStart",
        w -> held(taken(place(w, ""), "2026-06-01T08:00:00Z", "2026-06-01T08:15:00Z"), soon),
        w -> held(taken(place(w, ""), "2026-06-01T07:00:00Z", "2026-06-01T08:00:00Z"), soon));
    add(
        rows,
        BOOKING,
        "CONFIRMED",
        "noShow",
        "now>start+grace",
        w ->
            place(w, "")
                .has(at("'start': '2026-06-01T07:30:00Z', 'end': " + FUTURE + ", 'grace': 30")),
        w ->
            place(w, "")
                .has(at("'start': '2026-06-01T07:29:59Z', 'end': " + FUTURE + ", 'grace': 30")));
    add(
        rows,
        BOOKING,
        "IN_USE",
        "release",
        "handbackChecked|now>=end|pilotEnded",
        w -> held(place(w, ""), TODAY),
        w -> held(place(w, ""), TODAY).sends("{'handback': 'swept'}"));
    for (var state : List.of("CONFIRMED", "IN_USE")) {
      add(
          rows,
          BOOKING,
          state,
          "prolong",
          "laterEnd",
          w -> place(w, "").has(at(TODAY)).sends("{'newEnd': '2026-06-01T11:00:00Z'}"),
          w -> place(w, "").has(at(TODAY)).sends("{'newEnd': '2026-06-01T12:00:00Z'}"));
    }
  }

  private static World place(World w, String more) {
    return w.plant(
        PLACE,
        "field",
        "KEPT",
        "{'name': 'Field', 'kind': 'space', 'capacity': 1"
            + (more.isEmpty() ? "" : ", " + more)
            + "}");
  }

  private static World taken(World w, String start, String end) {
    return w.plant(
        BOOKING, "other", "CONFIRMED", at("'start': '%s', 'end': '%s'".formatted(start, end)));
  }

  private static World held(World w, String times) {
    return w.has(at(times + ", 'holder': '" + GuardRows.SOMEONE + "'"));
  }

  private static String at(String more) {
    return "{'place': 'urn:ngsi-ld:Place:field', 'placeKind': 'space', 'units': 1, " + more + "}";
  }

  static void cases(List<Row> rows) {
    var act = "'act': 'Fly a drone over the park to count the trees, by daylight'";
    add(
        rows,
        REGULATORY_CASE,
        "RAISED",
        "startConfirmation",
        "actDescribed",
        w -> w.has("{'act': 'fly'}"),
        w -> w.has("{" + act + "}"));
    add(
        rows,
        REGULATORY_CASE,
        "RAISED",
        "startConfirmation",
        "placeAndScale",
        w -> w.has("{'scale': 'one drone'}"),
        w -> w.has("{'scale': 'one drone', 'placeDescription': 'the park'}"));
    add(
        rows,
        REGULATORY_CASE,
        "CONFIRMING",
        "confirmNoRule",
        "legalNote",
        w -> {},
        w -> w.sends("{'legalNote': 'below 250 g no rule applies'}"));
    add(
        rows,
        REGULATORY_CASE,
        "CONFIRMING",
        "remind",
        "now>=answerDueAt",
        w -> w.has("{'answerDueAt': " + FUTURE + "}"),
        w -> w.has("{'answerDueAt': " + PAST + "}"));
    add(
        rows,
        REGULATORY_CASE,
        "CONFIRMING",
        "remind",
        "notRemindedYet",
        w -> w.has("{'answerDueAt': " + PAST + ", 'remindedAt': " + PAST + "}"),
        w -> w.has("{'answerDueAt': " + PAST + "}"));
    add(
        rows,
        REGULATORY_CASE,
        "CONFIRMING",
        "requestExemption",
        "ruleCited",
        w -> w.sends("{'rule': 'the drone law'}"),
        w -> w.sends("{'rule': 'http://data.europa.eu/eli/reg_impl/2019/947/oj'}"));
    add(
        rows,
        REGULATORY_CASE,
        "CONFIRMING",
        "requestExemption",
        "competentAuthority",
        w -> {},
        w -> w.sends("{'competentAuthority': 'urn:plaza:organization:air'}"));
    granting(rows);
  }

  private static void granting(List<Row> rows) {
    var from = "EXEMPTION_REQUESTED";
    add(
        rows,
        REGULATORY_CASE,
        from,
        "grant",
        "period<=max",
        w -> w.sends("{'end': '2030-06-02T08:00:00Z'}"),
        w -> w.sends("{'end': '2030-06-01T08:00:00Z'}"));
    add(
        rows,
        REGULATORY_CASE,
        from,
        "grant",
        "placeScope",
        w -> {},
        w -> w.sends("{'placeScope': 'the park'}"));
    add(
        rows,
        REGULATORY_CASE,
        from,
        "grant",
        "scaleLimit",
        w -> {},
        w -> w.sends("{'scaleLimit': 'one drone'}"));
    add(
        rows,
        REGULATORY_CASE,
        from,
        "grant",
        "conditions",
        w -> w.sends("{'conditions': []}"),
        w -> w.sends("{'conditions': ['by daylight']}"));
    add(
        rows,
        REGULATORY_CASE,
        from,
        "grant",
        "liabilityCover",
        w -> {},
        w -> w.sends("{'liabilityCover': 'insured for 1 million'}"));
    add(rows, REGULATORY_CASE, from, "refuse", "reason", w -> {}, w -> w.sends("{'reason': 'r'}"));
    var granted = "'start': " + PAST + ", 'end': " + FUTURE;
    add(
        rows,
        REGULATORY_CASE,
        "GRANTED",
        "renewOnce",
        "renewals<1",
        w -> w.has("{'renewals': 1, " + granted + "}"),
        w -> w.has("{" + granted + "}"));
    add(
        rows,
        REGULATORY_CASE,
        "GRANTED",
        "renewOnce",
        "before end",
        w -> w.has("{'start': " + PAST + ", 'end': " + PAST + "}"),
        w -> w.has("{" + granted + "}"));
    add(
        rows,
        REGULATORY_CASE,
        "GRANTED",
        "renewOnce",
        "renewedPeriod<=max",
        w -> w.has("{" + granted + "}").sends("{'newEnd': '2030-12-02T00:00:00Z'}"),
        w -> w.has("{" + granted + "}").sends("{'newEnd': '2030-12-01T00:00:00Z'}"));
    add(
        rows,
        REGULATORY_CASE,
        "GRANTED",
        "revoke",
        "reason",
        w -> w.has("{" + granted + "}"),
        w -> w.has("{" + granted + "}").sends("{'reason': 'r'}"));
    add(
        rows,
        REGULATORY_CASE,
        "GRANTED",
        "expire",
        "now>=end",
        w -> w.has("{" + granted + "}"),
        w -> w.has("{'start': " + PAST + ", 'end': '2026-06-01T08:00:00Z'}"));
    add(
        rows,
        REGULATORY_CASE,
        "GRANTED",
        "changeRule",
        "newRuleCited",
        w -> w.has("{" + granted + "}"),
        w -> w.has("{" + granted + "}").sends("{'newRule': 'https://law.example/eli/2026/1'}"));
  }

  static void pilots(List<Row> rows) {
    var ofX = "'pilot': '" + X + "'";
    var lapsed = "{" + ofX + ", 'start': " + PAST + ", 'end': " + PAST + "}";
    var valid = "{" + ofX + ", 'start': " + PAST + ", 'end': " + FUTURE + "}";
    for (var step : List.of("READY start", "SUSPENDED resume", "EVALUATING gateExtend")) {
      var words = step.split(" ");
      add(
          rows,
          PILOT,
          words[0],
          words[1],
          "exemptionsInForce",
          w -> w.plant(REGULATORY_CASE, "r", "GRANTED", lapsed).has("{'startDate': " + PAST + "}"),
          w ->
              w.plant(REGULATORY_CASE, "r", "GRANTED", valid).has("{'startDate': " + FUTURE + "}"));
    }
    var booked = "{" + ofX + ", 'start': " + FUTURE + ", 'end': '2026-12-02T00:00:00Z'}";
    add(
        rows,
        PILOT,
        "PREPARING",
        "makeReady",
        "fieldBookingsConfirmed|notNeeded(bookings)",
        w -> w.plant(BOOKING, "b", "CONFIRMED", booked).plant(BOOKING, "c", "REQUESTED", booked),
        w -> w.plant(BOOKING, "b", "CONFIRMED", booked).plant(BOOKING, "c", "CANCELLED", booked));
  }
}
