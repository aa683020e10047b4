package plaza.access.quota;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.graph.query.TypeSelection;
import plaza.ledger.Actor;
import plaza.ledger.Allowance;
import plaza.ledger.Reader;

/// The allowances of all pilots, each made when it is first asked for.
public final class Quotas {
  private static final Actor ROOM = Actor.of("urn:plaza:access").through("access");
  private final QuotaLimits namespaces;
  private final QuotaLimits sandboxes;
  private final InstantSource clock;
  private final ConcurrentHashMap<Place, Quota> byPlace = new ConcurrentHashMap<>();
  private volatile @Nullable Reader reader;

  /// @param vocabulary whose types count; of a sandbox null, for there everything does
  private record Place(String tenant, String branch, @Nullable String vocabulary) {}

  public Quotas(QuotaLimits namespaces, QuotaLimits sandboxes, InstantSource clock) {
    this.namespaces = namespaces;
    this.sandboxes = sandboxes;
    this.clock = clock;
  }

  /// Once, before the first write.
  public void open(Reader newReader) {
    reader = newReader;
  }

  public Allowance ofNamespace(Address address, String vocabulary) {
    return of(
        new Place(address.tenant(), address.branch(), vocabulary),
        "the namespace " + vocabulary,
        namespaces);
  }

  public Allowance ofSandbox(Address address) {
    return of(
        new Place(address.tenant(), address.branch(), null),
        "the sandbox " + address.branch(),
        sandboxes);
  }

  /// A branch is gone.
  public void forget(Address address) {
    byPlace
        .keySet()
        .removeIf(place ->
            place.tenant.equals(address.tenant()) && place.branch.equals(address.branch()));
  }

  private Quota of(Place place, String name, QuotaLimits limits) {
    return byPlace.computeIfAbsent(
        place, _ -> new Quota(name, limits, () -> count(place), id -> exists(place, id), clock));
  }

  private int count(Place place) {
    var address = new Address(place.tenant, place.branch, null);
    var query = Query.EVERYTHING;
    if (place.vocabulary != null) {
      var types =
          opened().types(ROOM, address).stream()
              .filter(type -> type.startsWith(place.vocabulary))
              .toList();
      if (types.isEmpty()) return 0;
      query = types(types);
    }
    var count = new int[1];
    opened().each(ROOM, address, query, _ -> ++count[0] <= Integer.MAX_VALUE - 1);
    return count[0];
  }

  private static Query types(List<String> types) {
    return Query.of(new Selector(List.of(), null, TypeSelection.anyOf(types)));
  }

  private boolean exists(Place place, String id) {
    return opened().find(ROOM, new Address(place.tenant, place.branch, null), id).isPresent();
  }

  private Reader opened() {
    var now = reader;
    if (now == null)
      throw new IllegalStateException("allowances were asked for before they were opened");
    return now;
  }
}
