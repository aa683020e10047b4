package plaza.ngsild.represent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;
import plaza.ledger.store.Store;
import plaza.ngsild.RandomContexts;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.Written;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.query.ProjectionParser;
import plaza.ngsild.represent.Representation.Format;
import plaza.store.rocksdb.RocksOptions;
import plaza.store.rocksdb.RocksStore;
import plaza.testkit.Commits;
import plaza.testkit.MemoryStore;
import plaza.testkit.Seeds;

/// What is parsed, stored and represented is the same when it is parsed again, for entities by
/// chance in every representation, by contexts by chance.
class RoundTripTest {
  private static final Context CORE = Contexts.builtIn().core();
  private static final Layer MAIN = Layer.of(Address.DEFAULT);

  @ParameterizedTest
  @EnumSource(names = {"NORMALIZED", "CONCISE"})
  void whatIsWrittenLosslesslyIsReadBackTheSame(Format format) {
    Seeds.of(1_000)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          for (var context : contexts(seed)) {
            var text = Written.entity(entity, context, Representation.of(format));
            assertSame(read(text, context), entity, "seed %d: %s", seed, text);
          }
        });
  }

  /// Clause 6.3.11, as another broker reads it.
  @ParameterizedTest
  @EnumSource(names = {"NORMALIZED", "CONCISE"})
  void whatTheSystemSaysIsReadBackTheSame(Format format) {
    Seeds.of(1_000)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).stamped();
          for (var context : contexts(seed)) {
            var text = Written.entity(entity, context, Representation.of(format).withSystem());
            var read = new EntityParser(Reading.answers(context, false)).answered(Json.parse(text));
            assertSame(read, entity, "seed %d: %s", seed, text);
          }
        });
  }

  /// Clause 4.5.4: what simplified documents hold is all that is kept of them.
  @Test
  void whatIsWrittenSimplifiedIsWrittenTheSameOnceReadBack() {
    Seeds.of(1_000)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          if (entity.attributes().stream().anyMatch(RoundTripTest::looksLikeAnotherKind)) return;
          for (var context : contexts(seed)) {
            var text = Written.entity(entity, context, Representation.SIMPLIFIED);
            var read = new EntityParser(Reading.entities(context, true)).entity(Json.parse(text));
            assertThat(Json.parse(Written.entity(read, context, Representation.SIMPLIFIED)))
                .as("seed %d: %s", seed, text)
                .isEqualTo(Json.parse(text));
          }
        });
  }

  /// `{"vocab": 5}` may be a Property's value; read without a word on its kind it is another's.
  private static boolean looksLikeAnotherKind(Attribute attribute) {
    return attribute.content() instanceof Content.Property(Value.Struct(var members))
        && members.size() == 1
        && List.of("languageMap", "vocab", "json", "dataset")
            .contains(members.keySet().iterator().next());
  }

  /// Clause 4.21: of what is picked and not omitted nothing is lost, and nothing else shows.
  @Test
  void whatIsPickedAndNotOmittedIsReadBackTheSame() {
    Seeds.of(500)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          for (var context : contexts(seed)) {
            var names = entity.attributes().stream().map(Attribute::name).distinct().toList();
            // What separates names in a projection cannot be part of one.
            var sayable = names.stream().filter(name -> name.indexOf(',') < 0).toList();
            var picked = sayable.subList(0, sayable.size() - sayable.size() / 3);
            var omitted = sayable.subList(sayable.size() / 2, sayable.size());
            var projection =
                ProjectionParser.parse(
                    joined("id,type,scope", picked, context),
                    omitted.isEmpty() ? null : joined("createdAt", omitted, context),
                    context,
                    0);
            var text = Written.entity(entity, context, Representation.NORMALIZED.with(projection));
            var expected =
                entity.with(
                    entity.attributes().stream()
                        .filter(one -> picked.contains(one.name()) && !omitted.contains(one.name()))
                        .toList());
            assertSame(read(text, context), expected, "seed %d: %s", seed, text);
          }
        });
  }

  private static String joined(String first, List<String> names, Context context) {
    return Stream.concat(Stream.of(first), names.stream().map(context::name))
        .collect(Collectors.joining(","));
  }

  /// Clause 4.5.16: the entity is in the properties, its place in the geometry.
  @ParameterizedTest
  @EnumSource(names = {"NORMALIZED", "CONCISE"})
  void aFeatureHoldsTheEntityAndItsPlace(Format format) {
    Seeds.of(500)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          for (var context : contexts(seed)) {
            var feature =
                members(writer ->
                    new EntityWriter(context, Representation.of(format), writer)
                        .writeFeature(entity, Names.LOCATION, false));
            var document =
                new LinkedHashMap<>(((Value.Struct) feature.get("properties")).members());
            document.put("id", feature.get("id"));
            assertSame(
                read(Json.text(new Value.Struct(document)), context), entity, "seed %d", seed);
            assertThat(feature.get("geometry"))
                .as("seed %d", seed)
                .isEqualTo(
                    entity
                        .findPlace(Names.LOCATION)
                        .<Value>map(GeoValue::geoJson)
                        .orElse(Value.Null.VALUE));
          }
        });
  }

  /// Clauses 4.5.6 to 4.5.8, as another broker reads it.
  @ParameterizedTest
  @EnumSource(names = {"NORMALIZED", "CONCISE"})
  void anEvolutionIsReadBackTheSame(Format format) {
    Seeds.of(500)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).stamped();
          for (var context : contexts(seed)) {
            var document =
                members(out -> {
                  var writer =
                      new TemporalWriter(context, Representation.of(format).withSystem(), out);
                  writer.start(entity);
                  for (var name :
                      entity.attributes().stream().map(Attribute::name).distinct().toList())
                    writer.instances(
                        name,
                        entity.instances(name).stream()
                            .map(one -> new Recorded(one, Position.START, 0))
                            .toList());
                  writer.end(false);
                });
            var read =
                new EntityParser(Reading.answers(context, true))
                    .answered(new Value.Struct(document));
            assertSame(
                read, entity.scoped(List.of()).endingOnly(null), "seed %d: %s", seed, document);
          }
        });
  }

  /// Clause 4.5.9: of each instance its value as a simplified document has it, and its time.
  @Test
  void temporalValuesAreTheSimplifiedValuesWithTheirTimes() {
    Seeds.of(1_000)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).stamped();
          for (var name : entity.attributes().stream().map(Attribute::name).distinct().toList()) {
            var first = entity.instances(name).getFirst();
            var document =
                members(out -> {
                  out.startObject();
                  new TemporalWriter(CORE, Representation.SIMPLIFIED, out)
                      .values(
                          name,
                          List.of(new Recorded(first, Position.START, 0)),
                          Attribute::createdAt);
                  out.endObject();
                });
            var values = ((Value.Struct) document.values().iterator().next()).members();
            var alone =
                Entity.of("urn:x:1", "urn:x:T", List.of(Attribute.of(name, first.content())));
            var simplified = members(Written.entity(alone, CORE, Representation.SIMPLIFIED));
            assertThat(values.values())
                .as("seed %d: %s", seed, document)
                .contains(
                    new Value.Items(
                        List.of(
                            new Value.Items(
                                List.of(
                                    simplified.get(CORE.name(name)),
                                    Value.of(first.createdAt().toString()))))));
          }
        });
  }

  /// Clause 4.3.6.8: what an older version is told, it can read, and told again it is the same.
  @Test
  void whatIsSaidInTheTermsOfAnOlderVersionIsReadBackTheSame() {
    Seeds.of(150)
        .forEach(seed -> {
          var entity = new RandomEntities(seed).entity();
          for (int minor = 3; minor <= 9; minor++)
            for (var context : contexts(seed)) {
              var version = new Conformance(minor);
              var older = version.of(entity, context);
              var text = Written.entity(older, context, Representation.NORMALIZED);
              assertSame(
                  read(text, context), older, "seed %d, version 1.%d: %s", seed, minor, text);
              assertThat(version.of(older, context)).isEqualTo(older);
            }
        });
  }

  @Test
  void bothStoresKeepWhatWasParsedAndItIsWrittenTheSame(@TempDir Path folder) {
    try (var memory = new MemoryStore();
        var rocks = RocksStore.open(folder, RocksOptions.DEFAULT)) {
      Seeds.of(250)
          .forEach(seed -> {
            var context = contexts(seed)[1];
            var parsed =
                read(
                    Written.entity(
                        new RandomEntities(seed).entity(), context, Representation.NORMALIZED),
                    context);
            var kept = kept(memory, parsed);
            assertThat(kept(rocks, parsed)).as("seed %d", seed).isEqualTo(kept);
            for (var how : List.of(Representation.NORMALIZED, Representation.CONCISE))
              assertSame(
                  read(Written.entity(kept, context, how), context), parsed, "seed %d", seed);
          });
    }
  }

  /// By attribute, so that a failure shows no more than what differs.
  private static void assertSame(Entity read, Entity entity, String what, Object... of) {
    assertThat(read.with(List.of())).as(what, of).isEqualTo(entity.with(List.of()));
    for (int i = 0; i < Math.min(read.attributes().size(), entity.attributes().size()); i++)
      assertThat(read.attributes().get(i)).as(what, of).isEqualTo(entity.attributes().get(i));
    assertThat(read.attributes()).as(what, of).hasSameSizeAs(entity.attributes());
  }

  private static Entity kept(Store store, Entity entity) {
    // Over one that is there the order of attributes would be that one's.
    if (store.find(MAIN, entity.id()).orElse(null) instanceof Slot.Present)
      Commits.append(store, MAIN, new Edit.Delete(entity.id()));
    Commits.append(store, MAIN, new Edit.Put(entity));
    return store.find(MAIN, entity.id()).map(Slot::entity).orElseThrow();
  }

  /// The core alone, and one by chance.
  private static Context[] contexts(long seed) {
    return new Context[] {CORE, RandomContexts.valid(seed)};
  }

  private static Entity read(String text, Context context) {
    return new EntityParser(Reading.entities(context, false)).entity(Json.parse(text));
  }

  private static Map<String, Value> members(String json) {
    return ((Value.Struct) Json.parse(json)).members();
  }

  private static Map<String, Value> members(Consumer<JsonWriter> writes) {
    return members(Written.text(writes));
  }
}
