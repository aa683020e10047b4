package plaza.ngsild.source;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who has what, at hand: all registrations of every tenant, indexed. Where there are none it costs
/// one volatile read.
///
/// It holds what [RegistrationDesk] has made durable; nobody else changes it.
public final class Registry {
  private final InstantSource clock;

  /// Copied on every change: registrations change seldom and are looked up all the time.
  private volatile Map<String, Index> tenants = Map.of();

  private final Map<Key, Use> uses = new ConcurrentHashMap<>();

  private record Key(String tenant, String id) {}

  Registry(InstantSource clock) {
    this.clock = clock;
  }

  /// Whether a tenant has no registration at all.
  public boolean isEmpty(String tenant) {
    var known = tenants;
    return known.isEmpty() || !known.containsKey(tenant);
  }

  /// The registrations that have to do with a request, in the order in which they were made.
  public List<Match> matching(String tenant, Ask ask) {
    var index = tenants.get(tenant);
    if (index == null) return List.of();
    var now = clock.instant();
    var matches = new ArrayList<Match>();
    for (var candidate : index.candidates(ask))
      if (!candidate.isExpired(now)) Matcher.match(candidate, ask).ifPresent(matches::add);
    return matches;
  }

  /// All of a tenant that count now.
  public List<Registration> list(String tenant) {
    var index = tenants.get(tenant);
    if (index == null) return List.of();
    var now = clock.instant();
    return index.all().stream().filter(one -> !one.isExpired(now)).toList();
  }

  public Optional<Registration> find(String tenant, String id) {
    return list(tenant).stream().filter(one -> one.id().equals(id)).findFirst();
  }

  Set<String> tenants() {
    return tenants.keySet();
  }

  /// Identifiers of those that do not count any more and are still there.
  List<String> expired(String tenant) {
    var index = tenants.get(tenant);
    if (index == null) return List.of();
    var now = clock.instant();
    return index.all().stream().filter(one -> one.isExpired(now)).map(Registration::id).toList();
  }

  /// Remembers that a source was asked.
  ///
  /// @param success whether it answered as it should: in HTTP with a status of 2xx
  public void sent(String tenant, Registration registration, boolean success) {
    uses.compute(
        new Key(tenant, registration.id()),
        (_, use) -> (use == null ? Use.NONE : use).and(success, clock.instant()));
  }

  Use use(String tenant, String id) {
    return uses.getOrDefault(new Key(tenant, id), Use.NONE);
  }

  void use(String tenant, String id, Use use) {
    uses.put(new Key(tenant, id), use);
  }

  /// In place of all that a tenant had.
  synchronized void load(String tenant, List<Registration> registrations) {
    replace(tenant, registrations);
  }

  synchronized void put(String tenant, Registration registration) {
    var known = new LinkedHashMap<String, Registration>();
    var index = tenants.get(tenant);
    if (index != null) index.all().forEach(one -> known.put(one.id(), one));
    known.put(registration.id(), registration);
    replace(tenant, List.copyOf(known.values()));
  }

  synchronized void remove(String tenant, String id) {
    uses.remove(new Key(tenant, id));
    var index = tenants.get(tenant);
    if (index == null) return;
    replace(tenant, index.all().stream().filter(one -> !one.id().equals(id)).toList());
  }

  private void replace(String tenant, List<Registration> registrations) {
    var changed = new HashMap<>(tenants);
    if (registrations.isEmpty()) changed.remove(tenant);
    else changed.put(tenant, new Index(registrations));
    tenants = Map.copyOf(changed);
  }
}
