package plaza.ngsild.subscription;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.DateTimes;

/// What subscription documents come to when they are written and changed (clauses 5.2.12, 5.5.8,
/// 5.8.2.4).
final class Documents {
  /// What the system says; ignored when it comes in.
  private static final Set<String> OUTPUT =
      Set.of("id", "@id", "type", "@type", "@context", "status", "createdAt", "modifiedAt");

  private static final Set<String> NOTIFICATION_OUTPUT =
      Set.of(
          "status", "timesSent", "timesFailed", "lastNotification", "lastSuccess", "lastFailure");

  private Documents() {}

  /// The document without what the system says itself, and with the prefixes of ids resolved, so
  /// that they mean the same in every context.
  static Value.Struct written(Value.Struct document, Context context) {
    Map<String, Value> members = new LinkedHashMap<>(document.members());
    members.keySet().removeAll(OUTPUT);
    members.computeIfPresent("notification", (_, value) -> notification(value, context));
    members.computeIfPresent("datasetId", (_, value) -> ids(value, context));
    members.computeIfPresent(
        "entities",
        (_, value) ->
            value instanceof Value.Items(var selectors)
                ? new Value.Items(
                    selectors.stream().map(one -> identified(one, "id", context)).toList())
                : value);
    return new Value.Struct(members);
  }

  private static Value identified(Value value, String member, Context context) {
    if (!(value instanceof Value.Struct(var given)) || !given.containsKey(member)) return value;
    Map<String, Value> members = new LinkedHashMap<>(given);
    members.computeIfPresent(member, (_, ids) -> ids(ids, context));
    return new Value.Struct(members);
  }

  /// What is malformed stays: the parser says what is wrong with it.
  private static Value ids(Value value, Context context) {
    return switch (value) {
      case Value.Text(var id) -> Value.of(context.expandId(id));
      case Value.Items(var items) ->
          new Value.Items(items.stream().map(item -> ids(item, context)).toList());
      case Value.Struct _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> value;
    };
  }

  private static Value notification(Value value, Context context) {
    if (!(value instanceof Value.Struct(var given))) return value;
    Map<String, Value> members = new LinkedHashMap<>(given);
    members.keySet().removeAll(NOTIFICATION_OUTPUT);
    return identified(new Value.Struct(members), "containedBy", context);
  }

  /// Clauses 5.2.1, 5.5.4: no member admits null, and NGSI-LD's null belongs to fragments.
  static void requireNoNull(Value.Struct document) {
    document
        .members()
        .forEach((name, value) -> {
          if (!name.equals("@context")) requireNoNull(name, value);
        });
  }

  private static void requireNoNull(String name, Value value) {
    switch (value) {
      case Value.Null _ ->
          throw new Refusal.Invalid(name + ": null is no value in NGSI-LD; leave the member out");
      case Value.Text(var text) -> {
        if (text.equals(Names.NGSI_NULL))
          throw new Refusal.Invalid(
              name + ": " + text + " may stand only where a change takes a member away");
      }
      case Value.Items(var items) -> items.forEach(item -> requireNoNull(name, item));
      case Value.Struct(var members) ->
          members.forEach((inner, member) -> requireNoNull(name + "." + inner, member));
      case Value.Whole _, Value.Decimal _, Value.Flag _ -> {}
    }
  }

  /// The record with a fragment applied (clause 5.5.8). Names that come by another context than the
  /// record's are said in the record's: which context notifications are sent with changes only with
  /// `jsonldContext`. What a new `q` or `csf` says cannot be said in other names, so these make its
  /// context the record's, and the one before becomes the `jsonldContext`.
  static SubscriptionRecord merged(
      SubscriptionRecord record, Context written, Value.Struct fragment, Context context) {
    var patch = written(fragment, context);
    var base = record.document();
    var source = record.context();
    if (!written.source().equals(context.source())) {
      if (!holdsTexts(patch)) {
        patch = new Translation(context, written).of(patch);
      } else {
        requireAllTexts(base, patch);
        base = new Translation(written, context).of(base);
        source = context.source();
        var named = new LinkedHashMap<>(base.members());
        named.putIfAbsent("jsonldContext", Value.of(MannerParser.link(written, record.origin())));
        base = new Value.Struct(named);
      }
    }
    var members = new LinkedHashMap<>(base.members());
    patch
        .members()
        .forEach((name, value) -> {
          if (isNull(value)) members.remove(name);
          else members.put(name, reduced(name, value));
        });
    return record.with(new Value.Struct(members), source);
  }

  private static boolean holdsTexts(Value.Struct document) {
    return document.members().containsKey("q") || document.members().containsKey("csf");
  }

  private static void requireAllTexts(Value.Struct base, Value.Struct patch) {
    for (var name : new String[] {"q", "csf"})
      if (base.members().containsKey(name) && !patch.members().containsKey(name))
        throw new Refusal.Invalid(
            "q and csf must be given together when they come with another @context");
  }

  /// The value of a fragment without the members that it takes away (clause 5.4).
  private static Value reduced(String name, Value value) {
    var reduced = reduced(value);
    requireNoNull(name, reduced);
    return reduced;
  }

  private static Value reduced(Value value) {
    if (!(value instanceof Value.Struct(var given))) return value;
    Map<String, Value> members = new LinkedHashMap<>();
    given.forEach((name, member) -> {
      if (!isNull(member)) members.put(name, reduced(member));
    });
    return new Value.Struct(members);
  }

  /// Clause 4.5.0: where an array is required, one of a single null.
  private static boolean isNull(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text.equals(Names.NGSI_NULL);
      case Value.Items(var items) ->
          items.size() == 1
              && items.getFirst() instanceof Value.Text(var text)
              && text.equals(Names.NGSI_NULL);
      case Value.Struct _, Value.Whole _, Value.Decimal _, Value.Flag _, Value.Null _ -> false;
    };
  }

  /// Clause 5.8.2.4: a new date alone brings an expired subscription back to life.
  static Value.Struct revived(
      Value.Struct before, Value.Struct after, Value.Struct fragment, InstantSource clock) {
    boolean wasExpired =
        before.members().get("expiresAt") instanceof Value.Text(var text)
            && !clock.instant().isBefore(DateTimes.parse(text, "expiresAt"));
    if (!wasExpired
        || !fragment.members().containsKey("expiresAt")
        || fragment.members().containsKey("isActive")) return after;
    var members = new LinkedHashMap<>(after.members());
    members.put("isActive", Value.of(true));
    return new Value.Struct(members);
  }
}
