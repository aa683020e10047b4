package plaza.programme;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import plaza.access.Access;
import plaza.graph.Value;
import plaza.ledger.Actor;
import plaza.programme.privacy.Accounts;

/// People's accounts as the access room keeps them.
public final class AccessAccounts implements Accounts {
  private final Access access;

  public AccessAccounts(Access access) {
    this.access = access;
  }

  @Override
  public Set<String> names(String person) {
    var names = new LinkedHashSet<String>();
    access
        .people()
        .find(person)
        .ifPresent(found -> {
          names.add(found.name());
          names.add(found.displayName());
          var email = found.email();
          if (email != null) names.add(email);
        });
    return names;
  }

  @Override
  public Optional<Value.Struct> export(String person) {
    return access
        .people()
        .find(person)
        .map(found -> {
          var members = new LinkedHashMap<String, Value>();
          members.put("id", Value.of(found.id()));
          members.put("name", Value.of(found.name()));
          members.put("displayName", Value.of(found.displayName()));
          var email = found.email();
          if (email != null) members.put("email", Value.of(email));
          members.put("state", Value.of(found.state().name()));
          members.put("since", Value.of(found.since().toString()));
          members.put(
              "roles",
              texts(
                  access.roles().listCurrent(person).stream()
                      .map(one -> one.role().code() + " on " + one.scope())));
          members.put(
              "organizations",
              texts(access.organizations().listOf(person).stream().map(one -> one.organization())));
          members.put(
              "sessions",
              texts(
                  access.sessions().listOf(person).stream()
                      .map(one -> one.since() + " to " + one.until())));
          members.put("keys", texts(access.keys().listOf(person).stream().map(one -> one.label())));
          return new Value.Struct(members);
        });
  }

  private static Value texts(Stream<String> texts) {
    return Value.of(List.copyOf(texts.toList()));
  }

  @Override
  public void requireMayErase(Actor by, String person) {
    access.people().requireMayErase(by, person);
  }

  @Override
  public void erase(Actor by, String person) {
    access.erase(by, person);
  }
}
