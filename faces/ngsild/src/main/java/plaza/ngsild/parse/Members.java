package plaza.ngsild.parse;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static java.util.stream.Stream.concat;

import java.util.Set;
import java.util.stream.Stream;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.Contexts;

/// The names members may have.
public final class Members {
  /// What the system says of entities and attributes; ignored when it comes in (clause 5.2.2).
  static final Set<String> SYSTEM = Set.of("createdAt", "modifiedAt", "deletedAt");

  /// Members of attributes that say something only in answers (clauses 4.5.2.2, 4.5.3.2).
  static final Set<String> OUTPUT_ONLY =
      Set.of(
          "previousValue",
          "previousObject",
          "previousLanguageMap",
          "previousJson",
          "previousVocab",
          "previousValueList",
          "previousObjectList",
          "entity",
          "entityList");

  /// What only an `ngsildproof` has (clauses 4.5.2.2, 4.5.3.2).
  static final Set<String> SEALED = Set.of("entityIdSealed", "entityTypeSealed");

  /// Clause 4.5.1: what cannot be the name of an attribute of an entity. `value` and `object` are
  /// not among them, because published data models use them.
  private static final Set<String> NO_ATTRIBUTE =
      Set.of(
          "datasetId",
          "instanceId",
          "observedAt",
          "unitCode",
          "objectType",
          "valueType",
          "languageMap",
          "objectList",
          "valueList",
          "entityIdSealed",
          "entityTypeSealed");

  /// What NGSI-LD's own members mean in an entity, by IRI: under another name, such as the full
  /// one, they would come back as a second member of that name.
  private static final Set<String> OF_ENTITIES =
      meanings(
          concat(concat(Stream.of("scope", "expiresAt"), SYSTEM.stream()), NO_ATTRIBUTE.stream()));

  /// As [#OF_ENTITIES], in an attribute.
  private static final Set<String> OF_ATTRIBUTES =
      meanings(
          concat(
              concat(
                  Stream.of("value", "object", "vocab", "json", "lang", "expiresAt"),
                  SYSTEM.stream()),
              concat(NO_ATTRIBUTE.stream(), OUTPUT_ONLY.stream())));

  private Members() {}

  /// The IRI of an attribute of an entity.
  static String attribute(String name, Context context) {
    if (NO_ATTRIBUTE.contains(name) || OUTPUT_ONLY.contains(name))
      throw new Refusal.Invalid(
          "'" + name + "' describes an attribute and cannot be the name of one");
    return notReserved(name, name(name, "an attribute name", context), OF_ENTITIES);
  }

  /// The IRI of a sub-attribute. The sealed members of a proof are of NGSI-LD's own vocabulary, as
  /// the core context has it within a proof (clause 5.2.5).
  static String subAttribute(String name, Value value, Context context) {
    if (value instanceof Value.Text) {
      if (name.equals("entityIdSealed")) return Names.ENTITY_ID_SEALED;
      if (name.equals("entityTypeSealed")) return Names.ENTITY_TYPE_SEALED;
    }
    return notReserved(name, name(name, "a sub-attribute name", context), OF_ATTRIBUTES);
  }

  private static Set<String> meanings(Stream<String> members) {
    var core = Contexts.builtIn().core();
    return members.map(core::expand).collect(toUnmodifiableSet());
  }

  private static String notReserved(String name, String iri, Set<String> reserved) {
    if (iri.startsWith(Names.NGSI_LD) && reserved.contains(iri))
      throw new Refusal.Invalid(
          "'" + name + "' means what NGSI-LD has a member of its own for; write that instead");
    return iri;
  }

  /// Clause 4.6.2: the IRI of a name of letters, digits and `_`, with or without a prefix, or of a
  /// full IRI.
  ///
  /// @param what names the thing in the sentence of a refusal
  public static String name(String name, String what, Context context) {
    if (name.indexOf(':') >= 0) return Names.uri(context.expand(name), what);
    if (!Context.isName(name))
      throw new Refusal.Invalid(
          what
              + " has letters, digits and '_' and begins with a letter, not '"
              + (name.length() > 80 ? name.substring(0, 77) + "…" : name)
              + "'");
    return context.expand(name);
  }

  static boolean isNull(Value value) {
    return value instanceof Value.Text(var text) && text.equals(Names.NGSI_NULL);
  }
}
