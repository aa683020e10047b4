package plaza.bench.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import plaza.graph.GeoJson;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// What the programme office keeps: calls, pilots, grants, money, services, places and bookings.
final class Office {
  private static final Duration DAY = Duration.ofDays(1);
  private final Desk desk;
  private final World.Size size;
  private final List<String> organisations;
  private final List<String> departments;
  private final Demand demand;
  final List<String> preparing = new ArrayList<>();
  private final List<String> pilots = new ArrayList<>();
  private final List<String> running = new ArrayList<>();
  private final List<String> challenges = new ArrayList<>();

  Office(
      Desk desk,
      World.Size size,
      List<String> organisations,
      List<String> departments,
      Demand demand) {
    this.desk = desk;
    this.size = size;
    this.organisations = organisations;
    this.departments = departments;
    this.demand = demand;
  }

  /// @param from when the first call opens
  /// @param until about now
  void write(Instant from, Instant until) {
    desk.now = from;
    var step = Duration.between(from, until).dividedBy(size.pilots() + 1L);
    for (int i = 0; i < size.pilots(); i++) {
      desk.now = from.plus(step.multipliedBy(i));
      pilot(i, until);
    }
    desk.write();
    desk.now = until.minus(DAY);
    places(until);
    desk.write();
  }

  private String organisation() {
    // Squared, so that some have done much together.
    double rank = desk.random.nextDouble();
    return organisations.get((int) (organisations.size() * rank * rank));
  }

  private static String state(int number) {
    int share = number * 37 % 100;
    if (share < 8) return "PREPARING";
    if (share < 28) return "ACTIVE";
    if (share < 33) return "EVALUATING";
    if (share < 57) return "SCALED";
    return share < 77 ? "STOPPED" : share < 98 ? "CLOSED" : "LAPSED";
  }

  private void pilot(int number, Instant until) {
    var state = state(number);
    var organisation = organisation();
    var cluster = demand.clusters.get(number % demand.clusters.size());
    var challenge = number % 5 < 3 ? challenge(number, cluster) : null;
    desk.write();
    desk.now = desk.now.plus(DAY.multipliedBy(30 + desk.random.nextInt(60)));
    var id = Ids.id(Kind.PILOT, "P" + "%04d".formatted(number));
    var needs = demand.needsOf.getOrDefault(cluster, List.of());
    var fields = new LinkedHashMap<String, Object>();
    fields.put("title", Words.title("en", desk.random));
    fields.put("summary", Words.text("en", desk.random, 20));
    fields.put("organisation", organisation);
    fields.put("partners", partners(organisation));
    fields.put("department", departments.get(number % departments.size()));
    fields.put("needs", needs.subList(0, Math.min(3, needs.size())));
    if (challenge != null) {
      fields.put("challenge", challenge);
      fields.put("proposal", proposals(challenge, organisation));
    }
    boolean ahead = state.equals("PREPARING") || state.equals("ACTIVE");
    fields.put(
        "startDate", state.equals("PREPARING") ? until.plus(DAY.multipliedBy(60)) : desk.now);
    fields.put("endDate", (ahead ? until : desk.now).plus(DAY.multipliedBy(180)));
    fields.put("readyBy", until.plus(DAY.multipliedBy(60)));
    fields.put("indicators", indicators(id, state));
    var pilot = desk.put(Kind.PILOT, id, state, fields, steps(state));
    pilots.add(id);
    if (state.equals("PREPARING")) preparing.add(id);
    if (state.equals("ACTIVE")) running.add(id);
    grant(id, organisation, state, until);
    round(id, number, organisation);
    if (state.equals("SCALED") && number % 3 < 2) service(id, number, until);
    if (List.of("SCALED", "STOPPED", "CLOSED").contains(state)) lesson(id);
    desk.write();
    end(pilot, until);
  }

  private void end(Dossier pilot, Instant until) {
    var later = desk.now.plus(DAY.multipliedBy(180));
    desk.now = later.isBefore(until) ? later : until;
    for (var step : lastSteps(pilot.state()))
      desk.does(work -> work.enter(pilot, step, Value.Struct.EMPTY));
    desk.write();
  }

  private static String[] steps(String state) {
    return switch (state) {
      case "PREPARING" -> new String[] {"open"};
      case "LAPSED" -> new String[] {"open", "lapse"};
      default -> new String[] {"open", "makeReady", "start"};
    };
  }

  private static List<String> lastSteps(String state) {
    return switch (state) {
      case "EVALUATING" -> List.of("finish");
      case "SCALED" -> List.of("finish", "gateScale");
      case "STOPPED" -> List.of("finish", "gateStop");
      case "CLOSED" -> List.of("finish", "gateLearned");
      default -> List.of();
    };
  }

  private List<String> partners(String organisation) {
    var partners = new LinkedHashSet<String>();
    for (int i = desk.random.nextInt(4); i > 0; i--) partners.add(organisation());
    partners.remove(organisation);
    return List.copyOf(partners);
  }

  private String challenge(int number, String cluster) {
    if (number % 5 > 0 && !challenges.isEmpty()) return challenges.getLast();
    var id = Ids.id(Kind.CHALLENGE, "H" + "%04d".formatted(number));
    desk.put(
        Kind.CHALLENGE,
        id,
        "COMPLETED",
        Map.of(
            "title", Words.title("en", desk.random),
            "statement", Words.text("en", desk.random, 30),
            "sponsor", departments.get(number % departments.size()),
            "clusters", List.of(cluster),
            "kind", "BOTTOM_UP",
            "opensAt", desk.now,
            "closesAt", desk.now.plus(DAY.multipliedBy(20))),
        "draft",
        "open",
        "close");
    challenges.add(id);
    return id;
  }

  /// What was proposed to a call, and the one that was selected.
  private String proposals(String challenge, String organisation) {
    for (int i = 0; i < 6; i++) {
      var proposal = desk.next(Kind.PROPOSAL);
      var by = organisation();
      desk.put(
          Kind.PROPOSAL,
          proposal,
          "NOT_SELECTED",
          Map.of(
              "title",
              Words.title("en", desk.random),
              "challenge",
              challenge,
              "organisation",
              by,
              "partners",
              partners(by)),
          "submit");
      for (int k = 0; k < 3; k++)
        desk.put(
            Kind.REVIEW,
            desk.next(Kind.REVIEW),
            "FINAL",
            Map.of(
                "proposal", proposal, "challenge", challenge, "reviewer", "urn:plaza:person:" + k),
            "assign");
    }
    var id = desk.next(Kind.PROPOSAL);
    desk.put(
        Kind.PROPOSAL,
        id,
        "SELECTED",
        Map.of(
            "title", Words.title("en", desk.random),
            "challenge", challenge,
            "organisation", organisation),
        "submit",
        "select");
    return id;
  }

  private List<String> indicators(String pilot, String state) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", Words.title("en", desk.random));
    fields.put("unit", "share of time");
    fields.put("pilot", pilot);
    if (List.of("EVALUATING", "SCALED", "STOPPED", "CLOSED").contains(state)) {
      fields.put("measured", new Value.Struct(Map.of("value", Value.of(0.1), "n", Value.of(900))));
      fields.put("effect", Value.of(-0.04));
      fields.put("verdict", state.equals("SCALED") ? "MET" : "NOT_MET");
    }
    var id = desk.next(Kind.INDICATOR);
    desk.put(Kind.INDICATOR, id, "LOCKED", fields, "define", "lock");
    return List.of(id);
  }

  private void grant(String pilot, String organisation, String state, Instant until) {
    boolean active = state.equals("ACTIVE");
    desk.put(
        Kind.DATA_GRANT,
        desk.next(Kind.DATA_GRANT),
        active ? "ACTIVE" : state.equals("PREPARING") ? "REQUESTED" : "EXPIRED",
        Map.of(
            "pilot",
            pilot,
            "organisation",
            organisation,
            "types",
            List.of("BikeHireDockingStation"),
            "purpose",
            Words.text("en", desk.random, 8),
            "startDate",
            desk.now,
            "endDate",
            (active ? until : desk.now).plus(DAY.multipliedBy(180))),
        "request");
  }

  private void round(String pilot, int number, String organisation) {
    if (number % 4 != 0) return;
    var round = desk.next(Kind.FUNDING_ROUND);
    var currency = number % 8 == 0 ? "TWD" : "EUR";
    desk.put(
        Kind.FUNDING_ROUND,
        round,
        "CLOSED",
        Map.of(
            "title",
            Words.title("en", desk.random),
            "pilot",
            pilot,
            "currency",
            currency,
            "target",
            "1000000",
            "deadline",
            desk.now.plus(DAY)),
        "open");
    for (int i = 0; i < 5; i++) {
      var commitment = desk.next(Kind.COMMITMENT);
      var party = i == 0 ? departments.get(number % departments.size()) : organisation();
      var amount = Long.toString(10_000 + desk.random.nextInt(500_000));
      desk.put(
          Kind.COMMITMENT,
          commitment,
          "CLOSED",
          Map.of(
              "round",
              round,
              "organisation",
              party,
              "financeType",
              i == 0 ? "grant" : "equity",
              "amount",
              amount,
              "currency",
              currency,
              "publicShare",
              i == 0 ? "1" : "0",
              "inKind",
              i == 4,
              "committedAt",
              desk.now),
          "commit");
      desk.put(
          Kind.DISBURSEMENT,
          desk.next(Kind.DISBURSEMENT),
          Dossier.KEPT,
          Map.of(
              "round", round,
              "commitment", commitment,
              "organisation", organisation,
              "amount", Long.toString(Long.parseLong(amount) / 2),
              "currency", currency,
              "paidAt", desk.now),
          "disburse");
    }
  }

  private void service(String pilot, int number, Instant until) {
    var id = Ids.id(Kind.SERVICE, "S" + "%04d".formatted(number));
    var retired = number % 7 == 0;
    var fields = new LinkedHashMap<String, Object>();
    fields.put("title", Words.title("en", desk.random));
    fields.put("summary", Words.text("en", desk.random, 20));
    fields.put("pilot", pilot);
    fields.put("department", departments.get(number % departments.size()));
    fields.put("operator", organisation());
    fields.put("renewalDate", until.plus(DAY.multipliedBy(400)));
    if (retired) fields.put("retiredAt", desk.now.plus(DAY.multipliedBy(200)));
    desk.put(Kind.SERVICE, id, retired ? "RETIRED" : "LIVE", fields, "draft", "launch");
    for (int month = 1; month <= 12; month++)
      desk.put(
          Kind.COHORT_CELL,
          desk.next(Kind.COHORT_CELL),
          Dossier.KEPT,
          Map.of(
              "service",
              id,
              "cohort",
              "2025-%02d".formatted(month),
              "counted",
              new Value.Struct(
                  Map.of(
                      "members", Value.of(5 + desk.random.nextInt(400)),
                      "active", Value.of(desk.random.nextInt(5))))));
  }

  private void lesson(String pilot) {
    desk.put(
        Kind.LESSON,
        desk.next(Kind.LESSON),
        Dossier.KEPT,
        Map.of(
            "pilot",
            pilot,
            "what",
            Words.text("en", desk.random, 40),
            "tags",
            List.of("procurement", "data"),
            "outcome",
            "STOPPED",
            "learnedAt",
            desk.now),
        "learn");
  }

  private void places(Instant until) {
    var fields = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      var district = place("D" + i, "district", null);
      var clusters = Ids.id(Kind.INNOVATION_CLUSTER, "I" + i);
      int share = organisations.size() / 12;
      var members = organisations.subList(i * share, (i + 1) * share);
      desk.put(
          Kind.INNOVATION_CLUSTER,
          clusters,
          Dossier.KEPT,
          Map.of(
              "title", Words.title("en", desk.random),
              "theme", Words.street("en", desk.random),
              "places", List.of(district),
              "organisations", members),
          "open");
      for (int k = 0; k < 5; k++) {
        var site = place("D" + i + "S" + k, "site", district);
        for (int j = 0; j < 4; j++)
          fields.add(place("D" + i + "S" + k + "F" + j, "testField", site));
      }
      for (int k = 0; k < 40; k++)
        desk.put(
            Kind.EVENT,
            desk.next(Kind.EVENT),
            Dossier.KEPT,
            Map.of(
                "title", Words.title("en", desk.random),
                "cluster", clusters,
                "organiser", organisation(),
                "start", until.plus(DAY.multipliedBy(k - 20L)),
                "end", until.plus(DAY.multipliedBy(k - 20L)).plusSeconds(7_200)),
            "announce");
    }
    for (int i = 0; i < size.pilots() * 40; i++) booking(i, fields.get(i % fields.size()), until);
  }

  private String place(
      String local, String kind, @org.jspecify.annotations.Nullable String within) {
    var id = Ids.id(Kind.PLACE, local);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", Words.street("en", desk.random));
    fields.put("kind", kind);
    if (within != null) fields.put("within", within);
    fields.put("owner", departments.getFirst());
    fields.put(
        "location",
        GeoJson.point(
            121.45 + desk.random.nextDouble() * 0.2, 24.96 + desk.random.nextDouble() * 0.2));
    if (kind.equals("testField")) fields.put("capacity", 2);
    desk.put(Kind.PLACE, id, Dossier.KEPT, fields, "open");
    return id;
  }

  /// Most are long over; one in twenty is still to come.
  private void booking(int number, String place, Instant until) {
    boolean ahead = number % 20 == 0;
    var start =
        ahead
            ? until.plus(DAY.multipliedBy(2 + number % 90))
            : until.minus(DAY.multipliedBy(2 + number % 900));
    desk.put(
        Kind.BOOKING,
        desk.next(Kind.BOOKING),
        ahead ? "CONFIRMED" : number % 9 == 0 ? "CANCELLED" : "RELEASED",
        Map.of(
            "place",
            place,
            "start",
            start,
            "end",
            start.plusSeconds(14_400),
            "units",
            1,
            "organisation",
            organisation(),
            "title",
            Words.title("en", desk.random)),
        "request");
  }
}
