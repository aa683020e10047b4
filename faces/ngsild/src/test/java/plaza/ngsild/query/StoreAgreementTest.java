package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plaza.graph.Address;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.change.Edit;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Store;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.store.postgres.PostgresOptions;
import plaza.store.postgres.PostgresStore;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.Commits;
import plaza.testkit.MemoryStore;
import plaza.testkit.Postgres;
import plaza.testkit.Seeds;

/// Whatever is asked by URL of whatever entities, a store that looks things up finds what looking
/// at every entity finds.
class StoreAgreementTest {
  private static final Context CORE = Contexts.builtIn().core();
  private static final Layer MAIN = Layer.of(Address.DEFAULT);
  private static final List<String> RELATIONS =
      List.of(
          "within",
          "contains",
          "intersects",
          "equals",
          "disjoint",
          "overlaps",
          "near;maxDistance==1000000",
          "near;minDistance==3000000");

  @Test
  void everyStoreFindsWhatLookingAtEveryEntityFinds(@TempDir Path folder) {
    try (var memory = new MemoryStore();
        var rocks = RocksStore.open(folder, RocksOptions.DEFAULT);
        var postgres = PostgresStore.open(schema())) {
      var all = new HashMap<String, Entity>();
      for (long seed = 0; seed < 200; seed++) {
        var some = new RandomEntities(seed);
        var edit = new Edit.Put(seed % 2 == 0 ? some.entity() : some.stamped());
        Commits.append(memory, MAIN, edit);
        Commits.append(rocks, MAIN, edit);
        Commits.append(postgres, MAIN, edit);
        var id = edit.entityId();
        all.put(id, memory.find(MAIN, id).orElseThrow().entity());
      }
      int met = 0;
      for (long seed : Seeds.of(1_500).toArray()) {
        var asked = parameters(new Random(seed), List.copyOf(all.values()));
        var query = QueryParser.parse(asked::get, CORE);
        var expected = new TreeSet<String>();
        for (var entity : all.values())
          if (Evaluator.matches(query, entity)) expected.add(entity.id());
        for (var store : List.of(memory, rocks, postgres))
          assertThat(found(store, query))
              .as("seed %d: %s in %s", seed, asked, store.getClass().getSimpleName())
              .isEqualTo(expected);
        if (!expected.isEmpty()) met++;
      }
      if (Seeds.areMany()) assertThat(met).isGreaterThan(100);
    }
  }

  private static PostgresOptions schema() {
    var server = Postgres.shared();
    return new PostgresOptions(server.url(), Postgres.USER, "", Postgres.freshSchema(), 2);
  }

  private static Set<String> found(Store store, Query query) {
    var ids = new TreeSet<String>();
    try (var scan = store.scan(MAIN, query, false)) {
      while (scan.hasNext()) {
        var entity = scan.next();
        if (Evaluator.matches(query, entity)) ids.add(entity.id());
      }
    }
    return ids;
  }

  private static Map<String, String> parameters(Random random, List<Entity> all) {
    var asked = new HashMap<String, String>();
    var one = all.get(random.nextInt(all.size()));
    if (random.nextInt(3) == 0) asked.put("type", CORE.compact(one.types().getFirst()));
    if (random.nextInt(8) == 0) asked.put("id", one.id() + "," + all.getFirst().id());
    if (random.nextInt(8) == 0) asked.put("idPattern", "[" + random.nextInt(10) + "]$");
    if (random.nextInt(6) == 0) asked.put("scopeQ", random.nextBoolean() ? "/Taipei/#" : "/Taipei");
    if (random.nextInt(6) == 0) asked.put("attrs", "bikes,location");
    if (random.nextInt(3) > 0) asked.put("q", q(random));
    if (random.nextInt(4) == 0) place(random, all, asked);
    return asked;
  }

  private static String q(Random random) {
    var terms = new ArrayList<String>();
    for (int i = random.nextInt(3); i >= 0; i--) terms.add(NaiveQuery.random(random).text());
    return String.join(random.nextBoolean() ? ";" : "|", terms);
  }

  /// The place of an entity, so that some are equal to it.
  private static void place(Random random, List<Entity> all, Map<String, String> asked) {
    for (var entity : all.subList(random.nextInt(all.size()), all.size()))
      for (var attribute : entity.attributes())
        if (attribute.content() instanceof Content.GeoProperty(var shape)) {
          asked.put("georel", RELATIONS.get(random.nextInt(RELATIONS.size())));
          asked.put("geometry", shape.geometry().getGeometryType());
          asked.put("coordinates", Json.text(shape.geoJson().members().get("coordinates")));
          if (random.nextBoolean()) asked.put("geoproperty", CORE.compact(attribute.name()));
          return;
        }
  }
}
