package plaza.programme.pilot;

import java.util.List;
import plaza.graph.Address;
import plaza.ledger.Feed;
import plaza.ledger.store.FeedEntry;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// Sees to it that what is enforced is what was granted, whatever crashes: it follows every change
/// of a grant, and the keys of teams that a pilot has left, and begins by looking at all of them.
public final class GrantKeeper {
  private final GrantBinding binding;

  public GrantKeeper(GrantBinding binding) {
    this.binding = binding;
  }

  public Feed.Following follow(Feed feed, Dossiers dossiers, List<Address> tenants) {
    var start = feed.head();
    for (var address : tenants) {
      for (var grant : dossiers.list(address, Kind.DATA_GRANT)) apply(address, grant);
      for (var pilot : dossiers.list(address, Kind.PILOT)) endOldKeys(address, pilot);
    }
    return feed.follow(
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
      else if (change.entity().is(Kind.PILOT.type()))
        endOldKeys(address, Dossiers.dossier(Kind.PILOT, change.entity()));
  }

  private void endOldKeys(Address address, Dossier pilot) {
    pilot
        .findMoment("lastNovatedAt")
        .ifPresent(at ->
            binding.endKeysUntil(address, pilot.id(), at, "the pilot was novated to another team"));
  }

  private void apply(Address address, Dossier grant) {
    if (grant.is("ACTIVE", "SUSPENDED", "REVOKED", "EXPIRED")) binding.apply(address, grant);
  }
}
