package plaza.ngsild.distribute;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Sight;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.source.Ask;
import plaza.ngsild.source.Match;
import plaza.ngsild.source.Operation;

/// Asks sources which types and attributes they have (clause 5.7.11: the more accurate of the ways
/// it allows). A source with many registrations is asked once.
public final class Discovery {
  private final Sources sources;

  Discovery(Sources sources) {
    this.sources = sources;
  }

  /// What sources have, by expanded names.
  ///
  /// @param types with the attributes of their entities, where sources tell
  /// @param entityCount of the type asked about
  public record Seen(
      Map<String, Set<String>> types,
      Map<String, Use> attributes,
      long entityCount,
      List<Warning> warnings) {
    public static Seen nothing() {
      return new Seen(new TreeMap<>(), new TreeMap<>(), 0, new ArrayList<>());
    }
  }

  /// How an attribute is used.
  public static final class Use {
    public long instances;
    public final Set<String> kinds = new TreeSet<>();
    public final Set<String> types = new TreeSet<>();
  }

  private record Place(URI endpoint, @Nullable String tenant) {}

  /// @param path `/types` or `/attributes`
  /// @param name expanded name of the one asked about; null for all
  public Seen ask(
      Passage passage,
      Sight sight,
      Operation operation,
      String path,
      @Nullable String name,
      boolean details) {
    var places = new LinkedHashMap<Place, List<Match>>();
    for (var match : sources.registry().matching(passage.tenant(), ask(passage, operation))) {
      var source = match.registration().source();
      places
          .computeIfAbsent(new Place(source.endpoint(), source.tenant()), _ -> new ArrayList<>())
          .add(match);
    }
    var groups = List.copyOf(places.values());
    var replies =
        Fan.out(
            groups,
            group ->
                sources.ask(
                    passage,
                    group.getFirst().registration(),
                    dialect ->
                        SourceRequest.get(
                            name == null
                                ? path
                                : path + "/" + SourceRequest.segment(dialect.name(name)),
                            details ? Map.of("details", "true") : Map.of())));
    var seen = Seen.nothing();
    long count = 0;
    var harvest = new Harvest(sources.contexts(), seen.warnings);
    for (int i = 0; i < groups.size(); i++)
      for (var document : harvest.documents(replies.get(i)))
        try {
          if (!(document instanceof Value.Struct(var members))) continue;
          var reading =
              new Reading(
                  harvest.context(document, replies.get(i)), types(groups.get(i)), sight, seen);
          long entities = reading.read(members, name);
          // How many there are in all is not for one who sees some.
          if (sight.isUnlimited()) count += entities;
        } catch (Refusal | ContextUnavailable e) {
          seen.warnings.add(
              new Warning(
                  111,
                  groups.get(i).getFirst().registration().id(),
                  String.valueOf(e.getMessage())));
        }
    return new Seen(seen.types, seen.attributes, count, seen.warnings);
  }

  private static Ask ask(Passage passage, Operation operation) {
    return new Ask(
        Set.of(operation),
        List.of(),
        List.of(),
        Set.of(),
        null,
        null,
        null,
        null,
        passage.passed());
  }

  /// The types a source was registered for; empty for all.
  private static Set<String> types(List<Match> group) {
    var types = new HashSet<String>();
    for (var match : group) {
      var own = Routing.types(match);
      if (own.isEmpty()) return Set.of();
      types.addAll(own);
    }
    return types;
  }

  /// Reads one answer (clauses 5.2.24 to 5.2.28).
  private record Reading(Context context, Set<String> registered, Sight sight, Seen seen) {
    long read(Map<String, Value> members, @Nullable String name) {
      var kind = members.get("type") instanceof Value.Text(var type) ? type : "";
      switch (kind) {
        case "EntityTypeList" ->
            names(members.get("typeList")).forEach(type -> addType(type, Set.of()));
        case "EntityType" -> {
          var type = name(members, "typeName");
          if (type != null) addType(type, names(members.get("attributeNames")));
        }
        case "EntityTypeInfo" -> {
          var type = name(members, "typeName");
          if (type == null || !type.equals(name) || !acceptsType(type)) return 0;
          if (members.get("attributeDetails") instanceof Value.Items(var details))
            for (var one : details)
              if (one instanceof Value.Struct(var detail)) addAttribute(detail);
          addType(type, Set.of());
          return number(members.get("entityCount"));
        }
        case "AttributeList" -> names(members.get("attributeList")).forEach(this::use);
        case "Attribute" -> addAttribute(members);
        default -> throw new Refusal.Invalid("its answer says nothing of types or attributes");
      }
      return 0;
    }

    private void addType(String type, Set<String> attributes) {
      if (!acceptsType(type)) return;
      var known = seen.types.computeIfAbsent(type, _ -> new TreeSet<>());
      for (var one : attributes) if (sight.acceptsAttributeElsewhere(one)) known.add(one);
    }

    private boolean acceptsType(String type) {
      return (registered.isEmpty() || registered.contains(type)) && sight.acceptsType(type);
    }

    private @Nullable Use use(String attribute) {
      return sight.acceptsAttributeElsewhere(attribute)
          ? seen.attributes.computeIfAbsent(attribute, _ -> new Use())
          : null;
    }

    private void addAttribute(Map<String, Value> members) {
      var attribute = name(members, "attributeName");
      if (attribute == null) return;
      var use = use(attribute);
      if (use == null) return;
      use.instances += number(members.get("attributeCount"));
      use.kinds.addAll(texts(members.get("attributeTypes")));
      for (var type : names(members.get("typeNames"))) if (acceptsType(type)) use.types.add(type);
    }

    /// The short name, else the id, which is the full one.
    private @Nullable String name(Map<String, Value> members, String member) {
      if (members.get(member) instanceof Value.Text(var name)) return context.expand(name);
      return members.get("id") instanceof Value.Text(var id) ? id : null;
    }

    private Set<String> names(@Nullable Value value) {
      var names = new LinkedHashSet<String>();
      for (var text : texts(value)) names.add(context.expand(text));
      return names;
    }

    private static Set<String> texts(@Nullable Value value) {
      var texts = new LinkedHashSet<String>();
      for (var item : value instanceof Value.Items(var items) ? items : List.<Value>of())
        if (item instanceof Value.Text(var text)) texts.add(text);
      return texts;
    }

    private static long number(@Nullable Value value) {
      return value instanceof Value.Whole(long number) ? number : 0;
    }
  }
}
