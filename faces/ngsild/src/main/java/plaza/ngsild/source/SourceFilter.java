package plaza.ngsild.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Condition;
import plaza.graph.query.Evaluator;
import plaza.graph.query.Path;
import plaza.ngsild.context.Context;
import plaza.ngsild.query.QParser;

/// A context source filter, `csf` (clause 4.9): a condition on the members of registrations.
///
/// What may be secret is not among the members it sees, so that nobody can feel for it.
public record SourceFilter(Condition condition) {
  /// Members no filter sees.
  private static final Set<String> HIDDEN = Set.of("contextSourceInfo");

  public static @Nullable SourceFilter parse(@Nullable String csf, Context context) {
    if (csf == null) return null;
    var written = new HashMap<String, String>();
    for (var member : Documents.MEMBERS) written.put(context.expand(member), name(member));
    return new SourceFilter(renamed(QParser.parse(csf, context), written));
  }

  public boolean accepts(Registration registration) {
    try {
      return Evaluator.matches(condition, described(registration));
    } catch (Refusal.TooLarge tooLongToTell) {
      return false; // others are told of registrations meanwhile and must not wait
    }
  }

  /// A member of the standard means the same in every context.
  private static String name(String member) {
    return Names.NGSI_LD + member;
  }

  private static Condition renamed(Condition condition, Map<String, String> names) {
    return switch (condition) {
      case Condition.And(var parts) ->
          new Condition.And(parts.stream().map(part -> renamed(part, names)).toList());
      case Condition.Or(var parts) ->
          new Condition.Or(parts.stream().map(part -> renamed(part, names)).toList());
      case Condition.Linked _ -> condition;
      case Condition.Exists(var path) -> new Condition.Exists(renamed(path, names));
      case Condition.Test(var path, var operator, var wanted) ->
          new Condition.Test(renamed(path, names), operator, wanted);
    };
  }

  /// Registrations have values, not sub-attributes: what comes after a dot is inside of the value.
  private static Path renamed(Path path, Map<String, String> names) {
    var attribute = names.getOrDefault(path.attribute(), path.attribute());
    return new Path(attribute, path.subAttributes(), path.trail());
  }

  /// The registration as an entity, for the one evaluator there is.
  private static Entity described(Registration registration) {
    var attributes = new ArrayList<Attribute>();
    registration
        .document()
        .members()
        .forEach((member, value) -> {
          if (HIDDEN.contains(member)) return;
          var name = Documents.MEMBERS.contains(member) ? name(member) : member;
          attributes.add(Attribute.of(name, plain(value)));
        });
    if (!registration.document().members().containsKey("mode"))
      attributes.add(Attribute.of(name("mode"), Value.of(registration.mode().toString())));
    return new Entity(
        registration.id(),
        List.of(Names.NGSI_LD + "ContextSourceRegistration"),
        List.of(),
        attributes,
        null,
        null,
        registration.expiresAt(),
        0);
  }

  /// A member may be written like a Property of an entity.
  private static Value plain(Value value) {
    return value instanceof Value.Struct(var members)
            && Value.of("Property").equals(members.get("type"))
        ? members.getOrDefault("value", value)
        : value;
  }
}
