package plaza.ngsild;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import plaza.graph.Refusal;
import plaza.json.Json;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

/// Contexts as cities write them, and worse: prefixes, aliases, coerced terms, `@vocab`, arrays in
/// arrays, terms that stand for nothing.
public final class RandomContexts {
  private static final List<String> TERMS =
      List.of(
          "bikes",
          "speed",
          "velocity",
          "owner",
          "street",
          "colour",
          "übung",
          "name",
          "Station",
          "temperature",
          "location",
          "description",
          "v");
  private static final List<String> IRIS =
      List.of(
          "https://example.org/",
          "https://example.org/bikes",
          "https://example.org/speed",
          "https://example.org/off-street",
          "ex:speed",
          "ex:street",
          "ex:deep/er#name",
          "sdm:two",
          "https://example.org/vocab#",
          "https://uri.etsi.org/ngsi-ld/default-context/bikes",
          "https://uri.etsi.org/ngsi-ld/default-context/",
          "https://smartdatamodels.org/#",
          "urn:x:y");
  private static final List<String> COERCIONS =
      List.of("@id", "@vocab", "@json", "https://www.w3.org/2001/XMLSchema#date", "ex:type");

  private final Random random;

  public RandomContexts(long seed) {
    this.random = new Random(seed);
  }

  /// A context that is one.
  public static Context valid(long seed) {
    for (long next = seed; ; next += 1_000_003)
      try {
        return Contexts.builtIn().of(Json.parse(new RandomContexts(next).context()));
      } catch (Refusal refused) {
        // Such as one that defines a term by itself: take the next.
      }
  }

  /// The JSON text of a context.
  public String context() {
    if (random.nextInt(3) > 0) return object();
    var nested = random.nextBoolean() ? "[" + object() + "]" : object();
    return "[" + object() + ", " + nested + (random.nextBoolean() ? ", " + object() : "") + "]";
  }

  private String object() {
    var members = new ArrayList<String>();
    members.add("\"ex\": \"https://example.org/\"");
    members.add("\"alpha\": \"ex:alpha\"");
    members.add(
        random.nextInt(4) == 0
            ? "\"sdm\": {\"@id\": \"https://smartdatamodels.org/x\", \"@prefix\": true}"
            : "\"sdm\": \"https://smartdatamodels.org/#\"");
    if (random.nextInt(4) == 0)
      members.add(
          "\"@vocab\": \""
              + one(List.of("https://example.org/", "https://example.org/vocab#", "ex:"))
              + "\"");
    for (var term : TERMS) if (random.nextInt(3) == 0) members.add(definition(term));
    return "{" + String.join(", ", members) + "}";
  }

  private String definition(String term) {
    var iri = random.nextInt(8) == 0 ? "alpha" : one(IRIS);
    return "\"%s\": ".formatted(term)
        + switch (random.nextInt(12)) {
          case 0 -> "null";
          case 1 -> "{\"@id\": \"%s\", \"@prefix\": true}".formatted(one(IRIS));
          case 2, 3, 4 -> "{\"@id\": \"%s\", \"@type\": \"%s\"}".formatted(iri, one(COERCIONS));
          case 5, 6 -> "{\"@id\": \"%s\"}".formatted(iri);
          default -> "\"%s\"".formatted(iri);
        };
  }

  private String one(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
