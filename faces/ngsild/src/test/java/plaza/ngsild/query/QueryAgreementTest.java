package plaza.ngsild.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Value;
import plaza.graph.query.Evaluator;
import plaza.json.Json;
import plaza.json.JsonWriter;
import plaza.ngsild.RandomEntities;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.Representation;

/// Clause 4.9: the parser and the evaluator together agree with a plain reading of the text.
class QueryAgreementTest {
  @Test
  void randomConditionsOnRandomEntitiesDecideAsThePlainReadingDoes() {
    var context = Contexts.builtIn().core();
    int met = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      var entity = new RandomEntities(seed).entity();
      var query = NaiveQuery.random(new Random(seed * 31L));
      boolean expected = query.matches(normalized(entity, context));

      boolean found = Evaluator.matches(QParser.parse(query.text(), context), entity);

      assertThat(found).as("seed %d: %s on %s", seed, query.text(), entity).isEqualTo(expected);
      if (found) met++;
    }
    assertThat(met).as("conditions met at all").isGreaterThan(500);
  }

  @Test
  void randomLinkedEntityPathsDecideAsFollowingTheLinksByHandDoes() {
    var context = Contexts.builtIn().core();
    int met = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed * 17L);
      var neighbours = new HashMap<String, Entity>();
      for (int i = 0; i < 9; i += 1 + random.nextInt(3)) {
        var other = new RandomEntities(seed * 9L + i).entity();
        var id = "urn:ngsi-ld:Other:" + i;
        neighbours.put(
            id, new Entity(id, other.types(), List.of(), other.attributes(), null, null, null, 0));
      }
      var link = List.of("bikes", "name", "owner", "speed").get(random.nextInt(4));
      var entity = linking(new RandomEntities(seed).entity(), context.expand(link), random);
      var inner = NaiveQuery.random(random);
      var hint = random.nextInt(3) == 0 ? "bikes,owner:" : "";
      boolean expected =
          linked(entity, link).stream()
              .map(neighbours::get)
              .filter(Objects::nonNull)
              .filter(other ->
                  hint.isEmpty()
                      || other.is(context.expand("bikes"))
                      || other.is(context.expand("owner")))
              .anyMatch(other -> inner.matches(normalized(other, context)));
      var q = inner.text(link + "{" + hint, "}");

      boolean found =
          Evaluator.matches(
              QParser.parse(q, context, Set.of(), 1),
              entity,
              id -> Optional.ofNullable(neighbours.get(id)));

      assertThat(found).as("seed %d: %s on %s", seed, q, entity).isEqualTo(expected);
      if (found) met++;
    }
    assertThat(met).as("conditions met at all").isGreaterThan(100);
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

  private static java.util.Map<String, Value> normalized(Entity entity, Context context) {
    var out = new ByteArrayOutputStream();
    try (var writer = new JsonWriter(out)) {
      new EntityWriter(context, Representation.NORMALIZED, writer).write(entity, false);
    }
    return ((Value.Struct) Json.parse(out.toByteArray())).members();
  }
}
