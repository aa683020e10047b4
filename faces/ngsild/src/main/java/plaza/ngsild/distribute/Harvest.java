package plaza.ngsild.distribute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.parse.Reading;
import plaza.ngsild.source.Match;

/// Takes from a source's answer the entities it was registered for, and notes what is wrong with
/// the rest (clauses 4.3.6.1, 6.3.17).
final class Harvest {
  private static final int COMPLAINTS = 3;
  private static final Set<String> OF_ENTITIES =
      Set.of(
          "id",
          "@id",
          "type",
          "@type",
          "@context",
          "scope",
          "createdAt",
          "modifiedAt",
          "deletedAt",
          "expiresAt");

  private final Contexts contexts;
  private final List<Warning> warnings;
  private final boolean temporal;

  Harvest(Contexts contexts, List<Warning> warnings) {
    this(contexts, warnings, false);
  }

  /// @param temporal whether answers are evolutions
  Harvest(Contexts contexts, List<Warning> warnings, boolean temporal) {
    this.contexts = contexts;
    this.warnings = warnings;
    this.temporal = temporal;
  }

  /// The entities of a fine answer; none of any other, of which a warning may tell.
  List<Entity> entities(Match match, Sources.Reply reply, Instant now) {
    return entities(match, reply, documents(reply), now);
  }

  List<Entity> entities(Match match, Sources.Reply reply, List<Value> documents, Instant now) {
    var found = new ArrayList<Entity>();
    int complaints = 0;
    for (var document : documents)
      try {
        var context = context(document, reply);
        var entity =
            new EntityParser(Reading.answers(context, temporal))
                .answered(narrowed(document, Routing.registered(match), context));
        registered(match, entity, now)
            .map(one -> temporal ? Instances.named(one, match.registration()) : one)
            .ifPresent(found::add);
      } catch (Refusal | ContextUnavailable e) {
        if (complaints++ < COMPLAINTS)
          warnings.add(
              new Warning(111, match.registration().id(), "not NGSI-LD: " + e.getMessage()));
      }
    return found;
  }

  /// Without what the source was not registered for: it is left out, so it may as well be broken.
  ///
  /// @param registered expanded names; empty for all
  private static Value narrowed(Value document, Set<String> registered, Context context) {
    if (registered.isEmpty() || !(document instanceof Value.Struct(var members))) return document;
    var kept = new LinkedHashMap<String, Value>();
    members.forEach((name, value) -> {
      if (OF_ENTITIES.contains(name) || registered.contains(context.expand(name)))
        kept.put(name, value);
    });
    return new Value.Struct(kept);
  }

  /// What a fine answer holds: the elements of an array, or the one object.
  List<Value> documents(Sources.Reply reply) {
    if (!note(reply)) return List.of();
    var answered = (SourceAnswer.Answered) reply.answer();
    return switch (answered.body()) {
      case Value.Items(var items) -> items;
      case Value.Struct one -> List.of(one);
      case null -> {
        if (answered.status() == 200)
          warnings.add(new Warning(111, reply.registration().id(), "its answer is empty"));
        yield List.of();
      }
      default -> {
        warnings.add(
            new Warning(111, reply.registration().id(), "its answer is not an object or array"));
        yield List.of();
      }
    };
  }

  Context context(Value document, Sources.Reply reply) {
    if (document instanceof Value.Struct(var members) && members.containsKey("@context"))
      return contexts.of(members.getOrDefault("@context", Value.Null.VALUE));
    var dialect = reply.dialect();
    var named = ((SourceAnswer.Answered) reply.answer()).context();
    if (named == null || named.equals(dialect.link())) return dialect.context();
    if (dialect.link() == null && Contexts.isCore(named)) return dialect.context();
    return contexts.link(named);
  }

  /// Whether the answer is fine; of others a warning is kept, unless they are nothing abnormal.
  boolean note(Sources.Reply reply) {
    var id = reply.registration().id();
    return switch (reply.answer()) {
      case SourceAnswer.Failed(var cause, var reason) -> {
        warnings.add(new Warning(cause == SourceAnswer.Cause.INVALID ? 111 : 199, id, reason));
        yield false;
      }
      case SourceAnswer.Answered answered -> {
        if (answered.stale()) warnings.add(new Warning(110, id, "Response is Stale"));
        for (var theirs : answered.warnings()) warnings.add(Warning.passedOn(theirs, id));
        if (answered.isFine()) yield true;
        if (answered.status() == 508) warnings.add(new Warning(199, id, "a loop of registrations"));
        else if (answered.status() != 404)
          warnings.add(new Warning(299, id, Trouble.sentence(answered)));
        yield false;
      }
    };
  }

  /// The entity as far as its source was registered for it; empty when it was not.
  private Optional<Entity> registered(Match match, Entity entity, Instant now) {
    var expiresAt = entity.expiresAt();
    if (expiresAt != null && expiresAt.isBefore(now)) return Optional.empty();
    if (!match.covers(entity.id(), entity.types())) return Optional.empty();
    var names = attributes(match, entity);
    var datasets = match.registration().extent().datasetIds();
    boolean ended = entity.attributes().stream().anyMatch(one -> hasEnded(one, now));
    if (names.isEmpty() && datasets.isEmpty() && !ended) return Optional.of(entity);
    return Optional.of(
        entity.with(
            entity.attributes().stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .filter(one -> datasets.isEmpty() || datasets.contains(dataset(one)))
                .filter(one -> !hasEnded(one, now))
                .toList()));
  }

  /// Clauses 4.5.5.3 and 4.22. Of an evolution it is history.
  private boolean hasEnded(Attribute attribute, Instant now) {
    var expiresAt = attribute.expiresAt();
    return !temporal && expiresAt != null && expiresAt.isBefore(now);
  }

  static String dataset(Attribute attribute) {
    return attribute.datasetId() == null ? "@none" : attribute.datasetId();
  }

  /// The attributes a registration is about, of one entity; empty for all.
  static Set<String> attributes(Match match, Entity entity) {
    var names = new LinkedHashSet<String>();
    for (var part : match.parts()) {
      if (!part.information().covers(entity.id(), entity.types())) continue;
      var own = part.information().attributes();
      if (own.isEmpty()) return Set.of();
      names.addAll(own);
    }
    return names;
  }
}
