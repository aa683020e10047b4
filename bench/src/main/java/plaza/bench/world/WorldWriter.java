package plaza.bench.world;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import plaza.access.Access;
import plaza.access.AccessSettings;
import plaza.access.people.Organization;
import plaza.access.people.Role;
import plaza.access.people.Scope;
import plaza.access.secret.HashCost;
import plaza.graph.Address;
import plaza.ledger.Actor;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Limits;
import plaza.ledger.Reader;
import plaza.ledger.store.Note;
import plaza.programme.AccessRoles;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;
import plaza.server.City;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;

/// Writes a [World] into an empty data folder while no server runs on it: through the access room
/// and the programme's engine, with its audit chain, so that `plaza verify` finds nothing amiss.
public final class WorldWriter {
  private static final Actor BENCH = Actor.of("urn:plaza:bench").through("bench");
  private static final int DEPARTMENTS = 20;
  private static final List<Organization.Kind> SECTORS =
      List.of(
          Organization.Kind.STARTUP,
          Organization.Kind.SME,
          Organization.Kind.COMPANY,
          Organization.Kind.UNIVERSITY,
          Organization.Kind.CIVIL,
          Organization.Kind.RESEARCH);

  private static final Map<String, Role> PEOPLE =
      new LinkedHashMap<>(
          Map.of(
              "pmo", Role.PMO,
              "moderator", Role.MODERATOR,
              "departmentOfficer", Role.DEPARTMENT_OFFICER,
              "resident", Role.VERIFIED_RESIDENT));

  private WorldWriter() {}

  /// @param now when the world's story ends
  public static World write(Path data, World.Size size, long seed, Instant now) throws IOException {
    long begin = System.nanoTime();
    Files.createDirectories(data);
    var random = new SplittableRandom(seed);
    var time = new Instant[] {now};
    InstantSource clock = () -> time[0];
    try (var store = RocksStore.open(City.storeFolder(data), RocksOptions.DEFAULT);
        var feed = new Feed(store)) {
      var access = new Access(AccessSettings.DEFAULT.with(HashCost.CHEAP), clock, random.split());
      try (var ledger = new Ledger(store, access.policy(), feed, Limits.DEFAULT, clock)) {
        var reader = new Reader(store, ledger, access.policy(), Limits.DEFAULT);
        access.open(ledger, reader);
        time[0] = now.minus(Duration.ofDays(1_100));
        var departments = organisations(access, Organization.Kind.DEPARTMENT, DEPARTMENTS);
        var organisations = new ArrayList<String>();
        for (var sector : SECTORS)
          organisations.addAll(
              organisations(access, sector, size.organisations() / SECTORS.size()));
        var roles = new AccessRoles(access);
        var desk = new Desk[1];
        desk[0] =
            new Desk(
                ledger,
                reader,
                roles,
                () -> {
                  time[0] = desk[0].now;
                  return desk[0].now;
                },
                random);
        desk[0].now = time[0];
        var demand = new Demand(desk[0], size, departments);
        demand.write(now.minus(Duration.ofDays(30)));
        var office = new Office(desk[0], size, organisations, departments, demand);
        office.write(now.minus(Duration.ofDays(1_000)), now.minus(Duration.ofDays(31)));
        told(ledger, reader);
        time[0] = now;
        var keys = people(access, now);
        // A running server forgets of the feed what nobody needs any more.
        store.trimFeed(store.head());
        return new World(
            keys,
            demand.published,
            demand.submitted,
            office.preparing,
            departments.getFirst(),
            desk[0].written(),
            (System.nanoTime() - begin) / 1e9);
      }
    }
  }

  private static List<String> organisations(Access access, Organization.Kind kind, int count) {
    var ids = new ArrayList<String>();
    var share = kind == Organization.Kind.DEPARTMENT ? BigDecimal.ONE : BigDecimal.ZERO;
    for (int i = 0; i < count; i++)
      ids.add(
          access
              .organizations()
              .add(BENCH, kind.code() + " " + i, kind, Set.of(), share, null)
              .id());
    return ids;
  }

  private static Map<String, String> people(Access access, Instant now) {
    var keys = new LinkedHashMap<String, String>();
    PEOPLE.forEach((name, role) -> {
      var person =
          access.people().add(BENCH, name, name, null, "as many benches as there are trees");
      access.roles().give(BENCH, person.id(), role, Scope.CITY, null);
      keys.put(
          name,
          access
              .keys()
              .issuePersonal(BENCH, person.id(), "bench", null, now.plus(Duration.ofDays(30)))
              .text());
    });
    return keys;
  }

  /// Everybody has long been told of what happened.
  private static void told(Ledger ledger, Reader reader) {
    var head =
        new Dossiers(reader)
            .get(Address.DEFAULT, Kind.CHAIN_HEAD, Ids.id(Kind.CHAIN_HEAD, "transitions"));
    ledger
        .notebook("programme.notices")
        .keep(
            Dossiers.PROGRAMME.through("programme"),
            Address.DEFAULT,
            List.of(
                new Note(
                    "place." + Address.DEFAULT_TENANT,
                    Long.toString(head.count("number")).getBytes(StandardCharsets.UTF_8))));
  }
}
