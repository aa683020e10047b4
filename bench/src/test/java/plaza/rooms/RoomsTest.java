package plaza.rooms;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The rule about who may use whom, held against the compiled house. It lives in the last room, so
/// that it runs when all others are built.
class RoomsTest {
  /// Each room with the rooms it may use. A new room is one line here and one in the parent pom.
  private static final Map<String, Set<String>> DOORS = new LinkedHashMap<>();

  /// Each library with the rooms it stays in: what only one room knows is cheap to replace.
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("tools.jackson", Set.of("json")),
          Map.entry("jakarta.mail", Set.of("outbound")),
          Map.entry("org.eclipse.angus", Set.of("outbound")),
          Map.entry("com.fasterxml", Set.of("links")), // JSLT speaks Jackson 2
          Map.entry("com.schibsted", Set.of("links")),
          Map.entry("com.hivemq", Set.of("outbound", "links", "faces/ngsild")),
          Map.entry("de.siegmar", Set.of("links")),
          Map.entry("org.bouncycastle", Set.of("access")),
          Map.entry("org.rocksdb", Set.of("stores/rocksdb")),
          Map.entry("org.postgresql", Set.of("stores/postgres")),
          Map.entry("org.roaringbitmap", Set.of("programme")),
          Map.entry(
              "io.helidon",
              Set.of(
                  "faces/web", "faces/ngsild", "faces/api", "portal", "server", "demo", "bench")),
          Map.entry("gg.jte", Set.of("portal")),
          Map.entry("org.junit", Set.of("testkit")));

  static {
    DOORS.put("graph", Set.of());
    DOORS.put("json", Set.of("graph"));
    DOORS.put("ledger", Set.of("graph", "json"));
    DOORS.put("testkit", Set.of("graph", "json", "ledger"));
    DOORS.put("stores/bytes", Set.of("graph", "ledger"));
    DOORS.put("stores/rocksdb", Set.of("graph", "json", "ledger", "stores/bytes"));
    DOORS.put("stores/postgres", Set.of("graph", "ledger", "stores/bytes"));
    DOORS.put("access", Set.of("graph", "json", "ledger"));
    DOORS.put("outbound", Set.of("graph"));
    DOORS.put("links", Set.of("graph", "json", "ledger", "outbound"));
    DOORS.put("programme", Set.of("graph", "json", "ledger", "access", "outbound"));
    DOORS.put("faces/web", Set.of("graph", "json", "ledger", "access"));
    DOORS.put("faces/ngsild", Set.of("graph", "json", "ledger", "access", "outbound", "faces/web"));
    var people =
        Set.of("graph", "json", "ledger", "access", "outbound", "links", "programme", "faces/web");
    DOORS.put("faces/api", people);
    DOORS.put("portal", people);
    for (var last : new String[] {"server", "demo", "bench"})
      DOORS.put(last, Set.copyOf(DOORS.keySet()));
    DOORS.put("conformance", Set.of()); // it speaks HTTP
    DOORS.put("fuzz", Set.of()); // it holds tests only
  }

  private final Rooms rooms = Rooms.under(Path.of("..").normalize(), built());

  @Test
  void everyRoomHasItsDoorsWrittenDown() {
    assertThat(rooms.packages().keySet()).containsExactlyInAnyOrderElementsOf(DOORS.keySet());
  }

  @Test
  void aRoomUsesOnlyRoomsItHasADoorTo() {
    var homes = homes();
    rooms
        .packages()
        .forEach((room, packages) ->
            packages.forEach((home, named) -> {
              var used = new TreeSet<String>();
              named.stream().filter(homes::containsKey).map(homes::get).forEach(used::add);
              used.remove(room);
              assertThat(DOORS.get(room)).as("doors of %s", home).containsAll(used);
            }));
  }

  @Test
  void importsNeverGoInACircle() {
    var paths = rooms.paths();
    for (var start : paths.keySet())
      assertThat(reachable(start, paths)).as("reached from %s", start).doesNotContain(start);
  }

  @Test
  void aLibraryStaysInTheRoomsThatNeedIt() {
    LIBRARIES.forEach((library, homes) ->
        rooms
            .packages()
            .forEach((room, packages) -> {
              if (homes.contains(room)) return;
              packages.forEach((home, named) ->
                  assertThat(named)
                      .as("%s is not for %s", library, home)
                      .noneMatch(name -> (name + ".").startsWith(library + ".")));
            }));
  }

  @Test
  void theGraphNamesOnlyTheJdkAndJts() {
    rooms
        .packages()
        .get("graph")
        .forEach((home, named) ->
            assertThat(named)
                .as(home)
                .allMatch(
                    name -> name.matches("(java|plaza|org\\.jspecify|org\\.locationtech)\\..*")));
  }

  @Test
  void aPackageIsNamedAfterItsSubject() {
    assertThat(rooms.paths().keySet())
        .noneMatch(name -> name.matches(".*\\.(utils?|commons?|impl|helpers?|managers?)(\\..*)?"));
  }

  @Test
  void everyPackageHasASignAndKnowsNull() throws IOException {
    var folders =
        rooms.sources(".java").stream()
            .filter(file -> file.toString().contains("src/main/java"))
            .map(Path::getParent)
            .collect(toCollection(TreeSet::new));
    for (var folder : folders)
      assertThat(folder.resolve("package-info.java")).content().contains("@NullMarked");
  }

  @Test
  void noFileIsLongerThanFiveHundredLines() throws IOException {
    for (var file : rooms.sources(".java", ".ts", ".jte", ".css", ".sh"))
      try (var lines = Files.lines(file)) {
        assertThat(lines.count()).as("lines of %s", file).isLessThanOrEqualTo(500);
      }
  }

  private Map<String, String> homes() {
    return rooms.packages().entrySet().stream()
        .flatMap(
            room -> room.getValue().keySet().stream().map(home -> Map.entry(home, room.getKey())))
        .collect(
            toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (one, other) -> {
                  throw new AssertionError(one + " and " + other + " share a package");
                }));
  }

  private static Set<String> reachable(String start, Map<String, Set<String>> paths) {
    var seen = new TreeSet<String>();
    var open = new ArrayDeque<>(paths.get(start));
    while (!open.isEmpty()) {
      var next = open.pop();
      if (seen.add(next)) open.addAll(paths.getOrDefault(next, Set.of()));
    }
    return seen;
  }

  /// Where this build puts classes, seen from a room: `target/classes`, or what `-Dfast` uses.
  private static Path built() {
    try {
      var mine =
          Path.of(RoomsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Path.of("").toAbsolutePath().relativize(mine).resolveSibling("classes");
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
