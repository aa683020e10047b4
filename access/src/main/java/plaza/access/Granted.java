package plaza.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import plaza.access.key.Grant;
import plaza.access.key.GrantTerms;
import plaza.access.key.Grants;
import plaza.access.key.Ground;
import plaza.access.quota.Quotas;
import plaza.graph.Address;
import plaza.graph.GeoValue;
import plaza.graph.query.Sight.View;
import plaza.ledger.Allowance;

/// What the grants of some holders come to at a moment.
final class Granted {
  /// How many grants that do not work are named.
  private static final int SAID = 3;

  final List<Grant> all = new ArrayList<>();
  final List<Grant> working = new ArrayList<>();
  final List<View> reading = new ArrayList<>();
  final List<View> writing = new ArrayList<>();
  final List<String> namespaces = new ArrayList<>();
  private final Quotas quotas;
  private final Asked asked;
  final Instant now;
  // The next moment at which one of them begins or ends.
  Instant until = Instant.MAX;

  Granted(Grants grants, Quotas quotas, Set<String> holders, Asked asked, Instant now) {
    this.quotas = quotas;
    this.asked = asked;
    this.now = now;
    // Equal areas become one shape: preparing it is dear, and it is remembered by identity.
    Map<GeoValue, Geometry> areas = new HashMap<>();
    for (var holder : holders)
      for (var grant : grants.listOf(holder))
        if (grant.terms().tenant().equals(asked.tenant())) add(grant, areas);
  }

  private void add(Grant grant, Map<GeoValue, Geometry> areas) {
    var terms = grant.terms();
    all.add(grant);
    for (var moment : Arrays.asList(terms.validFrom(), terms.validUntil(), terms.writeUntil()))
      if (moment != null && moment.isAfter(now)) until = AccessPolicy.earlier(until, moment);
    if (!grant.worksAt(now)) return;
    working.add(grant);
    @Nullable Geometry area =
        terms.area() == null ? null : areas.computeIfAbsent(terms.area(), GeoValue::geometry);
    if (asked.isSandbox()) {
      addInSandbox(terms, area);
      return;
    }
    if (!terms.types().isEmpty())
      reading.add(
          new View(terms.types(), terms.attributes(), area, terms.dataFrom(), terms.dataUntil()));
    if (terms.namespace() == null) return;
    var own = own(terms.namespace());
    reading.add(own);
    if (!asked.isMain() || !terms.writesAt(now)) return;
    writing.add(own);
    namespaces.add(terms.namespace());
  }

  /// Nothing is in a sandbox but what the grants let in, with times of its own: so the dates of a
  /// grant say nothing there, and what may be seen may be changed.
  private void addInSandbox(GrantTerms terms, @Nullable Geometry area) {
    var views = new ArrayList<View>();
    if (!terms.types().isEmpty())
      views.add(new View(terms.types(), terms.attributes(), area, null, null));
    if (terms.namespace() != null) views.add(own(terms.namespace()));
    reading.addAll(views);
    writing.addAll(views);
  }

  private static View own(String namespace) {
    var ground = Ground.ofVocabulary(namespace);
    return new View(
        Set.of(namespace), Set.of(), null, null, null, ground == null ? null : ground.slug());
  }

  @Nullable Allowance allowance() {
    if (asked.isSandbox())
      return quotas.ofSandbox(new Address(asked.tenant(), asked.branch(), null));
    return namespaces.isEmpty()
        ? null
        : quotas.ofNamespace(Address.tenant(asked.tenant()), namespaces.getFirst());
  }

  String writingWords() {
    if (asked.isSandbox()) return "in a sandbox too, " + words();
    var ground = Ground.ofVocabulary(namespaces.getFirst());
    return ground == null ? words() : ground.words();
  }

  String words() {
    var others = all.stream().filter(grant -> !working.contains(grant)).limit(SAID);
    return Stream.concat(
            Stream.of(
                "your grant covers "
                    + working.stream()
                        .map(grant -> grant.terms().words())
                        .distinct()
                        .collect(Collectors.joining("; and "))),
            others.map(grant -> grant.whyNot(now)))
        .collect(Collectors.joining("; "));
  }

  String whyReadOnly() {
    for (var grant : working) {
      var end = grant.terms().writeUntil();
      if (end != null && !now.isBefore(end))
        return "what is the pilot's own is kept for reading since " + end + ", when its time ended";
    }
    return asked.isMain()
        ? "your grants are for reading; " + words()
        : "a pilot writes to the city itself and to its own sandboxes, not to this branch";
  }

  String whyNot(String holder) {
    return all.isEmpty()
        ? holder + " has no grant; ask the data steward for one"
        : all.stream().map(grant -> grant.whyNot(now)).collect(Collectors.joining("; "));
  }
}
