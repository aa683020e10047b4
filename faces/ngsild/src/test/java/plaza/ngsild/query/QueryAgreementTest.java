package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Neighbourhood;
import plaza.graph.query.Query;
import plaza.json.Json;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.Written;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.represent.Representation;
import plaza.testkit.Seeds;

/// Clause 4.9: the parser and the evaluator together agree with a plain reading of the text.
class QueryAgreementTest {
  private static final Context CORE = Contexts.builtIn().core();

  @Test
  void randomConditionsOnRandomEntitiesDecideAsThePlainReadingDoes() {
    int met = 0;
    for (long seed : Seeds.of(10_000).toArray()) {
      var entity = entity(seed);
      var query = NaiveQuery.random(new Random(seed * 31L));
      boolean expected = query.matches(normalized(entity));

      boolean found = Evaluator.matches(QParser.parse(query.text(), CORE), entity);

      assertThat(found).as("seed %d: %s on %s", seed, query.text(), entity).isEqualTo(expected);
      if (found) met++;
    }
    if (Seeds.areMany()) assertThat(met).as("conditions met at all").isGreaterThan(150);
  }

  /// Conditions joined by `;` and `|`, with parentheses and without, and blanks where they may be.
  private record Joined(String text, boolean met) {
    static Joined random(Random random, Map<String, Value> entity, int depth) {
      if (depth == 0 || random.nextInt(3) == 0) {
        var one = NaiveQuery.random(random, entity);
        return new Joined(one.text(), one.matches(entity));
      }
      var alternatives = new ArrayList<String>();
      boolean any = false;
      for (int i = random.nextInt(2); i >= 0; i--) {
        var parts = new ArrayList<String>();
        boolean all = true;
        for (int j = random.nextInt(3); j >= 0; j--) {
          var part = random(random, entity, depth - 1);
          // A pattern without quotes would take what follows for its own, a joined part needs them.
          parts.add(random.nextInt(3) == 0 || part.isJoined() ? "(" + part.text + ")" : part.text);
          all &= part.met;
        }
        alternatives.add(String.join(random.nextBoolean() ? ";" : " ; ", parts));
        any |= all;
      }
      return new Joined(String.join("|", alternatives), any);
    }

    private boolean isJoined() {
      return text.indexOf(';') >= 0 || text.indexOf('|') >= 0;
    }
  }

  @Test
  void randomConditionsJoinedDecideAsTheirPartsDo() {
    int met = 0;
    for (long seed : Seeds.of(3_000).toArray()) {
      var entity = entity(seed);
      var joined = Joined.random(new Random(seed), normalized(entity), 3);

      boolean found = Evaluator.matches(QParser.parse(joined.text, CORE), entity);

      assertThat(found).as("seed %d: %s on %s", seed, joined.text, entity).isEqualTo(joined.met);
      if (found) met++;
    }
    if (Seeds.areMany()) assertThat(met).as("conditions met at all").isGreaterThan(60);
  }

  /// A text with a slip in it is refused in a sentence, or means what it says.
  @Test
  void whatIsAlmostAConditionIsRefusedOrDecidedAsItReads() {
    int decided = 0;
    for (long seed : Seeds.of(10_000).toArray()) {
      var random = new Random(seed);
      var entity = entity(seed % 1_000);
      var text = Mutations.of(NaiveQuery.random(random).text(), random);
      var reading = NaiveQuery.read(text);
      boolean found;
      try {
        found = Evaluator.matches(QParser.parse(text, CORE), entity);
      } catch (Refusal refused) {
        assertThat(reading).as("seed %d: %s, %s", seed, text, refused.getMessage()).isEmpty();
        assertThat(refused.getMessage()).isNotBlank();
        continue;
      }
      if (reading.isEmpty()) continue;
      decided++;
      assertThat(found)
          .as("seed %d: %s on %s", seed, text, entity)
          .isEqualTo(reading.get().matches(normalized(entity)));
    }
    if (Seeds.areMany()) assertThat(decided).as("still conditions").isGreaterThan(150);
  }

  /// Every second one with what the system says.
  private static Entity entity(long seed) {
    var some = new RandomEntities(seed);
    return seed % 2 == 0 ? some.entity() : some.stamped();
  }

  @Test
  void randomLinkedEntityPathsDecideAsFollowingTheLinksByHandDoes() {
    int met = 0;
    for (long seed : Seeds.of(3_000).toArray()) {
      var random = new Random(seed * 17L);
      var neighbours = new HashMap<String, Entity>();
      for (int i = 0; i < 9; i += 1 + random.nextInt(3)) {
        var other = new RandomEntities(seed * 9L + i).entity();
        var id = "urn:ngsi-ld:Other:" + i;
        neighbours.put(
            id, new Entity(id, other.types(), List.of(), other.attributes(), null, null, null, 0));
      }
      var link = List.of("bikes", "name", "owner", "speed").get(random.nextInt(4));
      var entity = linking(new RandomEntities(seed).entity(), CORE.expand(link), random);
      var inner = NaiveQuery.random(random);
      var hint = random.nextInt(3) == 0 ? "bikes,owner:" : "";
      boolean expected =
          linked(entity, link).stream()
              .map(neighbours::get)
              .filter(Objects::nonNull)
              .filter(other ->
                  hint.isEmpty()
                      || other.is(CORE.expand("bikes"))
                      || other.is(CORE.expand("owner")))
              .anyMatch(other -> inner.matches(normalized(other)));
      var q = inner.text(link + "{" + hint, "}");

      var condition = QParser.parse(q, CORE, Set.of(), 1);
      boolean found =
          Evaluator.matches(condition, entity, id -> Optional.ofNullable(neighbours.get(id)));

      assertThat(found).as("seed %d: %s on %s", seed, q, entity).isEqualTo(expected);
      assertThat(together(condition, entity, neighbours))
          .as("seed %d, together: %s on %s", seed, q, entity)
          .isEqualTo(expected ? List.of(entity) : List.of());
      if (found) met++;
    }
    if (Seeds.areMany()) assertThat(met).as("conditions met at all").isGreaterThan(50);
  }

  /// Where the links lead is looked up at once, and nothing twice.
  private static List<Entity> together(
      Condition condition, Entity entity, Map<String, Entity> neighbours) {
    var asked = new ArrayList<String>();
    var neighbourhood =
        new Neighbourhood(
            ids -> {
              asked.addAll(ids);
              var found = new HashMap<>(neighbours);
              found.keySet().retainAll(ids);
              return found;
            },
            100);
    var met = neighbourhood.matching(Query.EVERYTHING.where(condition), List.of(entity));
    assertThat(asked).doesNotHaveDuplicates();
    return met;
  }

  /// One more instance that links to most of the others.
  private static Entity linking(Entity entity, String name, Random random) {
    var attributes = new ArrayList<>(entity.attributes());
    var objects = new ArrayList<String>();
    for (int i = random.nextInt(9); i >= 0; i--) objects.add("urn:ngsi-ld:Other:" + i);
    attributes.add(
        new Attribute(
            name,
            "urn:x:links",
            random.nextBoolean()
                ? new Content.Relationship(objects, List.of(), true)
                : new Content.ListRelationship(objects, List.of()),
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null));
    return entity.with(attributes);
  }

  private static List<String> linked(Entity entity, String name) {
    var ids = new ArrayList<String>();
    for (var attribute : entity.attributes())
      if (attribute.name().equals(plaza.graph.Names.DEFAULT_VOCAB + name))
        switch (attribute.content()) {
          case Content.Relationship(var objects, _, _) -> ids.addAll(objects);
          case Content.ListRelationship(var objects, _) -> ids.addAll(objects);
          default -> {}
        }
    return ids;
  }

  private static Map<String, Value> normalized(Entity entity) {
    var text = Written.entity(entity, CORE, Representation.NORMALIZED.withSystem());
    return ((Value.Struct) Json.parse(text)).members();
  }
}
