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

  /// The document without what the system says itself.
  static Value.Struct written(Value.Struct document) {
    Map<String, Value> members = new LinkedHashMap<>(document.members());
    members.keySet().removeAll(OUTPUT);
    members.computeIfPresent("notification", (_, value) -> notification(value));
    members.values().removeIf(Value.Null.class::isInstance);
    return new Value.Struct(members);
  }

  private static Value notification(Value value) {
    if (!(value instanceof Value.Struct(var given))) return value;
    Map<String, Value> members = new LinkedHashMap<>(given);
    members.keySet().removeAll(NOTIFICATION_OUTPUT);
    return new Value.Struct(members);
  }

  /// The record with a fragment applied. Names may come by another context than the record's: what
  /// `q` does not hold to its context is said in the other's names.
  static SubscriptionRecord merged(
      SubscriptionRecord record, Context written, Value.Struct fragment, Context context) {
    var patch = written(fragment);
    var base = record.document();
    var source = record.context();
    if (written != context) {
      boolean keepsTexts =
          (base.members().containsKey("q") && !patch.members().containsKey("q"))
              || (base.members().containsKey("csf") && !patch.members().containsKey("csf"));
      if (keepsTexts) {
        if (patch.members().containsKey("q") || patch.members().containsKey("csf"))
          throw new Refusal.Invalid(
              "q and csf must be given together when they come with another @context");
        patch = new Translation(context, written).of(patch);
      } else {
        base = new Translation(written, context).of(base);
        source = context.source();
      }
    }
    var members = new LinkedHashMap<>(base.members());
    patch
        .members()
        .forEach((name, value) -> {
          if (isNull(value)) members.remove(name);
          else members.put(name, value);
        });
    return record.with(new Value.Struct(members), source);
  }

  private static boolean isNull(Value value) {
    return value instanceof Value.Text(var text) && text.equals(Names.NGSI_NULL);
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
