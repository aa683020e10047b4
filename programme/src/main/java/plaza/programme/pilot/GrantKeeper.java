package plaza.programme.pilot;

import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Address;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Sees to it that what is enforced is what was granted, whatever crashes: it follows every change
/// of a grant, the keys of what has ended and of teams that a pilot has left, and begins by looking
/// at all of them.
public final class GrantKeeper {
  /// What keys are issued for, and the states in which it is over.
  private static final Map<Kind, Set<String>> ENDS =
      Map.of(
          Kind.PILOT, Set.of("SCALED", "STOPPED", "CLOSED", "LAPSED"),
          Kind.EXPLORATION, Set.of("ENDED", "LAPSED"),
          Kind.SERVICE, Set.of("RETIRED", "ABANDONED"));

  private final GrantBinding binding;

  public GrantKeeper(GrantBinding binding) {
    this.binding = binding;
  }

  public Feed.Following follow(Feed feed, Dossiers dossiers, List<Address> tenants) {
    var start = feed.head();
    for (var address : tenants) {
      for (var grant : dossiers.list(address, Kind.DATA_GRANT)) apply(address, grant);
      for (var kind : ENDS.keySet())
        for (var holder : dossiers.list(address, kind)) endKeys(address, holder);
    }
    return feed.watch(
        "programme.grants",
        start,
        entries -> {
          for (var entry : entries) take(entry, dossiers);
          return List.of();
        });
  }

  private void take(FeedEntry entry, Dossiers dossiers) {
    if (!entry.layer().isMain()) return;
    var address = Address.tenant(entry.layer().tenant());
    for (var change : entry.changes())
      if (change.entity().is(Kind.DATA_GRANT.type()))
        // As it is now, not as it was: a late entry must not undo what came after it.
        dossiers
            .find(address, Kind.DATA_GRANT, change.entity().id())
            .ifPresent(grant -> apply(address, grant));
      else
        for (var kind : ENDS.keySet())
          if (change.entity().is(kind.type()))
            endKeys(address, Dossiers.dossier(kind, change.entity()));
  }

  /// Who has ended gets nothing any more; the key of a team that a pilot has left neither.
  private void endKeys(Address address, Dossier holder) {
    if (ENDS.getOrDefault(holder.kind(), Set.of()).contains(holder.state()))
      binding.endKeys(address, holder.id(), "it has ended: " + holder.state());
    holder
        .findMoment("lastNovatedAt")
        .ifPresent(at ->
            binding.endKeysUntil(
                address, holder.id(), at, "the pilot was novated to another team"));
  }

  private void apply(Address address, Dossier grant) {
    if (grant.is("ACTIVE", "SUSPENDED", "REVOKED", "EXPIRED")) binding.apply(address, grant);
  }
}
