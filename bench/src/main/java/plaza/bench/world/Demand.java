package plaza.bench.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.GeoJson;
import plaza.programme.notice.Followers;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Needs, who stands behind them, and their clusters.
final class Demand {
  private static final double WEST = 121.45;
  private static final double SOUTH = 24.96;
  private static final int CLUSTER = 30;
  private static final int MOST_CLUSTERS = 2_000;
  private static final List<String> FIELDS =
      List.of("TRA", "ENV", "HEA", "SEC", "BLD", "EDU", "ECO", "GOV");

  private final Desk desk;
  private final World.Size size;
  private final List<String> departments;
  private final int people;
  private final int[][] supporters;
  final List<String> published = new ArrayList<>();
  final List<String> submitted = new ArrayList<>();
  final List<String> clusters = new ArrayList<>();
  final Map<String, List<String>> needsOf = new LinkedHashMap<>();

  Demand(Desk desk, World.Size size, List<String> departments) {
    this.desk = desk;
    this.size = size;
    this.departments = departments;
    this.people = Math.max(1_000, size.supports() * 3 / 10);
    this.supporters = new int[size.needs()][];
  }

  void write(Instant until) {
    draw();
    var step = Duration.between(desk.now, until).dividedBy(size.needs() + 1L);
    for (int i = 0; i < size.needs(); i++) {
      desk.now = desk.now.plus(step);
      var need = need(i);
      if (isOpen(need.state())) published.add(need.id());
      if (need.is("SUBMITTED")) submitted.add(need.id());
      need.findText("cluster")
          .ifPresent(id -> needsOf.computeIfAbsent(id, _ -> new ArrayList<>()).add(need.id()));
    }
    desk.write();
    supports();
    needsOf.forEach(this::cluster);
    desk.write();
  }

  /// A few needs have thousands behind them, most have one or two.
  private void draw() {
    var seen = new HashSet<Long>(size.supports() * 2);
    var counts = new int[size.needs()];
    while (seen.size() < size.supports()) {
      double rank = desk.random.nextDouble();
      int need = (int) (size.needs() * rank * rank * rank);
      if (isQuiet(need)) continue;
      int person = desk.random.nextInt(people);
      if (seen.add((long) need << 32 | person)) counts[need]++;
    }
    for (int i = 0; i < counts.length; i++) supporters[i] = new int[counts[i]];
    for (long one : seen) supporters[(int) (one >>> 32)][--counts[(int) (one >>> 32)]] = (int) one;
  }

  /// Whether a need is not public and has nobody behind it.
  private static boolean isQuiet(int number) {
    int share = Math.floorMod(number * 2_654_435_761L, 100);
    return share < 8;
  }

  private static String state(int number) {
    int share = Math.floorMod(number * 2_654_435_761L, 100);
    if (share < 5) return "SUBMITTED";
    if (share < 8) return "REJECTED";
    if (share < 78) return "PUBLISHED";
    if (share < 86) return "ACKNOWLEDGED";
    return share < 94 ? "IN_PROGRAMME" : share < 97 ? "MET" : "DECLINED";
  }

  private static boolean isOpen(String state) {
    return List.of("PUBLISHED", "ACKNOWLEDGED", "IN_PROGRAMME").contains(state);
  }

  private Dossier need(int number) {
    var language = Words.language(desk.random);
    var state = state(number);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("title", Words.title(language, desk.random));
    fields.put("description", Words.text(language, desk.random, 10 + desk.random.nextInt(25)));
    fields.put("language", language);
    fields.put("field", FIELDS.get(desk.random.nextInt(FIELDS.size())));
    fields.put("origin", desk.random.nextInt(50) == 0 ? "department" : "citizen");
    if (desk.random.nextInt(10) < 7)
      fields.put(
          "location",
          GeoJson.point(
              WEST + desk.random.nextDouble() * 0.2, SOUTH + desk.random.nextDouble() * 0.2));
    fields.put("identity", "anonymous");
    fields.put("supporters", supporters[number].length);
    fields.put("verifiedSupporters", 0);
    fields.put("tokenHash", key(number % people));
    if (!state.equals("SUBMITTED") && !state.equals("REJECTED") && !state.equals("PUBLISHED"))
      fields.put("department", departments.get(desk.random.nextInt(departments.size())));
    if (number % 3 == 0 && number / (3 * CLUSTER) < MOST_CLUSTERS && isOpen(state))
      fields.put("cluster", Ids.id(Kind.NEED_CLUSTER, "C" + number(number / (3 * CLUSTER))));
    if (state.equals("MET") || state.equals("DECLINED"))
      fields.put("publicReason", Words.text("en", desk.random, 20));
    var steps =
        switch (state) {
          case "SUBMITTED" -> new String[] {"submit"};
          case "REJECTED" -> new String[] {"submit", "reject"};
          case "PUBLISHED" -> new String[] {"submit", "publish"};
          case "ACKNOWLEDGED" -> new String[] {"submit", "publish", "acknowledge"};
          case "IN_PROGRAMME" -> new String[] {"submit", "publish", "acknowledge", "takeUp"};
          case "MET" -> new String[] {"submit", "publish", "acknowledge", "answerMet"};
          default -> new String[] {"submit", "publish", "decline"};
        };
    var need = desk.put(Kind.NEED, Ids.id(Kind.NEED, "N" + number(number)), state, fields, steps);
    desk.does(work -> Followers.add(work, need, key(number % people)));
    return need;
  }

  private static String number(int number) {
    return "%07d".formatted(number);
  }

  private static String key(int person) {
    return Caller.hash("person-" + person);
  }

  private void supports() {
    for (int i = 0; i < supporters.length; i++) {
      var need = Ids.id(Kind.NEED, "N" + number(i));
      var record = Dossier.of(Kind.NEED, need, "PUBLISHED", Map.of());
      for (int person : supporters[i]) {
        var key = key(person);
        desk.put(
            Kind.SUPPORT,
            Ids.id(Kind.SUPPORT, Canonical.hash(need + " " + key).substring(0, 40)),
            Dossier.KEPT,
            Map.of("need", need, "personKey", key, "verified", false, "at", desk.now));
        desk.does(work -> Followers.add(work, record, key));
      }
    }
    desk.write();
  }

  private void cluster(String id, List<String> needs) {
    var behind = new BitSet();
    for (var need : needs)
      for (int person : supporters[Integer.parseInt(need.substring(need.length() - 7))])
        behind.set(person);
    int number = clusters.size();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("title", Words.title("en", desk.random));
    fields.put("text", Words.text("en", desk.random, 12));
    fields.put("needs", needs);
    fields.put("department", departments.get(number % departments.size()));
    fields.put("supporters", behind.cardinality());
    fields.put("verifiedSupporters", 0);
    desk.put(Kind.NEED_CLUSTER, id, number % 6 == 0 ? "IN_CHALLENGE" : "OPEN", fields, "open");
    clusters.add(id);
  }
}
