package plaza.api.access;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.access.Caller;
import plaza.access.audit.AuditEntry;
import plaza.access.key.Grant;
import plaza.access.key.Key;
import plaza.access.people.Holding;
import plaza.access.people.Membership;
import plaza.access.people.Organization;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.graph.Value;

/// How this room's records look as JSON. Hashes never do.
final class Answers {
  private final Map<String, Value> members = new LinkedHashMap<>();

  private Answers put(String name, @Nullable String text) {
    if (text != null) members.put(name, Value.of(text));
    return this;
  }

  private Answers put(String name, @Nullable Instant at) {
    return put(name, at == null ? null : at.toString());
  }

  private Answers put(String name, boolean set) {
    members.put(name, Value.of(set));
    return this;
  }

  private Answers put(String name, Collection<String> texts) {
    members.put(name, Value.of(List.copyOf(texts)));
    return this;
  }

  private Answers put(String name, Value value) {
    members.put(name, value);
    return this;
  }

  private Value.Struct struct() {
    return new Value.Struct(members);
  }

  static Value items(Collection<? extends Value> values) {
    return new Value.Items(List.copyOf(values));
  }

  static Value.Struct of(Caller caller) {
    return new Answers()
        .put("authenticated", !caller.isAnonymous())
        .put("id", caller.actor().id())
        .put("displayName", caller.displayName())
        .put("roles", caller.roles().stream().map(Role::code).sorted().toList())
        .put("key", caller.key())
        .put("csrf", caller.csrf())
        .struct();
  }

  static Value.Struct of(Person person) {
    return new Answers()
        .put("id", person.id())
        .put("name", person.name())
        .put("displayName", person.displayName())
        .put("email", person.email())
        .put("state", person.state().name())
        .put("since", person.since())
        .struct();
  }

  static Value.Struct of(Organization organization) {
    var answer =
        new Answers()
            .put("id", organization.id())
            .put("name", organization.name())
            .put("kind", organization.kind().code())
            .put("identifiers", organization.identifiers().stream().sorted().toList());
    if (organization.publicShare() != null)
      answer.put("publicShare", Value.of(organization.publicShare().doubleValue()));
    return answer
        .put("partOf", organization.partOf())
        .put("address", organization.address())
        .struct();
  }

  static Value.Struct of(Membership membership) {
    return new Answers()
        .put("id", membership.id())
        .put("person", membership.person())
        .put("organisation", membership.organization())
        .put("verified", membership.verified())
        .put("since", membership.since())
        .struct();
  }

  static Value.Struct of(Holding holding) {
    return new Answers()
        .put("id", holding.id())
        .put("person", holding.person())
        .put("role", holding.role().code())
        .put("tenant", holding.scope().tenant())
        .put("on", holding.scope().on())
        .put("since", holding.since())
        .put("until", holding.until())
        .struct();
  }

  static Value.Struct of(Key key, Instant now) {
    var answer =
        new Answers()
            .put("id", key.id())
            .put("kind", key.kind().name())
            .put("label", key.label())
            .put("owner", key.owner())
            .put("for", key.subject());
    var narrowing = key.narrowing();
    if (narrowing != null)
      answer.put(
          "narrowing",
          new Answers()
              .put("readOnly", narrowing.readOnly())
              .put("types", narrowing.types().stream().sorted().toList())
              .put("attributes", narrowing.attributes().stream().sorted().toList())
              .struct());
    return answer
        .put("state", key.isRevoked() ? "REVOKED" : key.isOver(now) ? "EXPIRED" : "ACTIVE")
        .put("since", key.since())
        .put("until", key.until())
        .put("lastUsed", key.lastUsed())
        .put("revokedBecause", key.revokedBecause())
        .struct();
  }

  /// With the text of the key, which is shown this once.
  static Value.Struct of(Key key, Instant now, String text) {
    var members = new LinkedHashMap<>(of(key, now).members());
    members.put("key", Value.of(text));
    return new Value.Struct(members);
  }

  static Value.Struct of(Grant grant, Instant now) {
    var terms = grant.terms();
    var answer =
        new Answers()
            .put("id", grant.id())
            .put("holder", terms.holder())
            .put("tenant", terms.tenant())
            .put("state", grant.stateAt(now).name())
            .put("because", grant.because())
            .put("covers", terms.words())
            .put("types", terms.types().stream().sorted().toList())
            .put("attributes", terms.attributes().stream().sorted().toList());
    if (terms.area() != null) answer.put("area", terms.area().geoJson());
    return answer
        .put("areaName", terms.areaName())
        .put("dataFrom", terms.dataFrom())
        .put("dataUntil", terms.dataUntil())
        .put("validFrom", terms.validFrom())
        .put("validUntil", terms.validUntil())
        .put("namespace", terms.namespace())
        .put("writeUntil", terms.writeUntil())
        .struct();
  }

  static Value.Struct of(AuditEntry entry) {
    return new Answers()
        .put("number", Value.of(entry.number()))
        .put("at", entry.at())
        .put("actor", entry.actor())
        .put("action", entry.action())
        .put("subject", entry.subject())
        .put("details", entry.details())
        .put("previous", entry.previous())
        .put("hash", entry.hash())
        .struct();
  }
}
