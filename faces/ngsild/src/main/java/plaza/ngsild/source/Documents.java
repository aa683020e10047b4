package plaza.ngsild.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;

/// Registration documents as they are kept: every name and id expanded, so that they mean the same
/// whatever becomes of the `@context` they came with.
final class Documents {
  /// What the standard says of a registration (table 5.2.9-1). Other members are properties of the
  /// registrant's own.
  static final Set<String> MEMBERS =
      Set.of(
          "endpoint",
          "contextSourceInfo",
          "information",
          "contextSourceAlias",
          "description",
          "datasetId",
          "expiresAt",
          "location",
          "management",
          "managementInterval",
          "mode",
          "observationInterval",
          "observationSpace",
          "operations",
          "operationSpace",
          "refreshRate",
          "registrationName",
          "scope",
          "tenant");

  /// What the system says; ignored when it comes in (table 5.2.9-2).
  private static final Set<String> OUTPUT =
      Set.of(
          "id",
          "type",
          "@context",
          "lastFailure",
          "lastSuccess",
          "status",
          "timesFailed",
          "timesSent",
          "createdAt",
          "modifiedAt");

  private Documents() {}

  /// The document without what the system says itself, its names expanded.
  static Value.Struct written(Value.Struct document, Context context) {
    var members = new LinkedHashMap<String, Value>();
    document
        .members()
        .forEach((name, value) -> {
          if (OUTPUT.contains(name) || value instanceof Value.Null) return;
          if (MEMBERS.contains(name)) members.put(name, value);
          else members.put(Members.name(name, "the name of a member", context), value);
        });
    members.computeIfPresent(
        "information",
        (_, value) ->
            named(
                value,
                name -> Members.name(name, "information: a name", context),
                context::expandId));
    members.computeIfPresent("datasetId", (_, value) -> texts(value, context::expandId));
    return new Value.Struct(members);
  }

  /// The document with its names as a context has them.
  static Map<String, Value> shown(Value.Struct document, Context context) {
    var members = new LinkedHashMap<String, Value>();
    document
        .members()
        .forEach((name, value) ->
            members.put(MEMBERS.contains(name) ? name : context.name(name), value));
    members.computeIfPresent("information", (_, value) -> named(value, context::name, id -> id));
    return members;
  }

  /// Clause 5.5.8: what the fragment names is replaced, what it sets to NGSI-LD's null goes.
  static Value.Struct merged(Value.Struct base, Value.Struct fragment) {
    var members = new LinkedHashMap<>(base.members());
    fragment
        .members()
        .forEach((name, value) -> {
          if (value instanceof Value.Text(var text) && text.equals(Names.NGSI_NULL))
            members.remove(name);
          else members.put(name, value);
        });
    return new Value.Struct(members);
  }

  /// Information with other names for types and attributes, and for entities. What is malformed
  /// stays: the parser says what is wrong with it.
  private static Value named(
      Value information, UnaryOperator<String> name, UnaryOperator<String> id) {
    return each(
        information,
        element -> {
          if (!(element instanceof Value.Struct(var given))) return element;
          var members = new LinkedHashMap<>(given);
          members.computeIfPresent(
              "entities", (_, value) -> each(value, entity -> entity(entity, name, id)));
          for (var names : new String[] {"propertyNames", "relationshipNames"})
            members.computeIfPresent(names, (_, value) -> texts(value, name));
          return new Value.Struct(members);
        });
  }

  private static Value entity(Value entity, UnaryOperator<String> name, UnaryOperator<String> id) {
    if (!(entity instanceof Value.Struct(var given))) return entity;
    var members = new LinkedHashMap<>(given);
    members.computeIfPresent("type", (_, value) -> texts(value, name));
    members.computeIfPresent("id", (_, value) -> texts(value, id));
    return new Value.Struct(members);
  }

  private static Value texts(Value value, UnaryOperator<String> name) {
    return each(
        value, one -> one instanceof Value.Text(var text) ? Value.of(name.apply(text)) : one);
  }

  private static Value each(Value list, UnaryOperator<Value> one) {
    return list instanceof Value.Items(var items)
        ? new Value.Items(items.stream().map(one).toList())
        : one.apply(list);
  }
}
