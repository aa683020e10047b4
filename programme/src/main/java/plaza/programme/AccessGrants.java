package plaza.programme;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.access.Access;
import plaza.access.key.Grant;
import plaza.access.key.GrantTerms;
import plaza.graph.Address;
import plaza.graph.GeoValue;
import plaza.graph.Refusal;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.pilot.Namespace;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;

/// Grants and keys as the access room keeps and enforces them. A grant has the same id in both.
public final class AccessGrants implements GrantBinding {
  private static final Duration KEY_OUTLIVES_PILOT = Duration.ofDays(30);
  private static final Duration LONGEST_KEY = Duration.ofDays(730);
  private final Access access;
  private final InstantSource clock;

  public AccessGrants(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  @Override
  public void apply(Address address, Dossier grant) {
    var known = access.grants().find(grant.id()).orElse(null);
    switch (grant.state()) {
      case "ACTIVE" -> activate(address, grant, known);
      case "SUSPENDED" -> {
        if (known != null && known.state() == Grant.State.ACTIVE)
          access.grants().suspend(Dossiers.PROGRAMME, grant.id(), because(grant));
      }
      case "REVOKED" -> {
        if (known != null && !known.stateAt(clock.instant()).isFinal())
          over(() -> access.grants().revoke(Dossiers.PROGRAMME, grant.id(), because(grant)));
      }
      case "EXPIRED" -> {
        if (known != null && !known.stateAt(clock.instant()).isFinal())
          over(() -> access.grants().expire(Dossiers.PROGRAMME, grant.id()));
      }
      default -> {}
    }
  }

  /// Ends a grant, or finds that it has ended meanwhile, which is as good.
  private static void over(Runnable end) {
    try {
      end.run();
    } catch (Refusal.Conflict ended) {
      // A final state is never left: nothing is open.
    }
  }

  private void activate(Address address, Dossier grant, @Nullable Grant known) {
    var now = clock.instant();
    var end = grant.moment("endDate");
    var start = grant.findMoment("startDate").filter(now::isBefore).orElse(now);
    // What would begin when it is over opens nothing; it expires by the clock.
    if (!start.isBefore(end)) return;
    if (known == null) {
      try {
        access.grants().give(Dossiers.PROGRAMME, grant.id(), terms(address, grant, start));
      } catch (Refusal.AlreadyExists _) {
        // The desk and the feed's keeper see to the same grant, each as soon as it can.
      }
      return;
    }
    if (known.stateAt(now).isFinal()) return;
    if (!known.terms().validFrom().isBefore(end)) {
      over(() -> access.grants().expire(Dossiers.PROGRAMME, grant.id()));
      return;
    }
    if (known.state() == Grant.State.SUSPENDED)
      access.grants().resume(Dossiers.PROGRAMME, grant.id());
    if (!known.terms().validUntil().equals(end))
      access.grants().extend(Dossiers.PROGRAMME, grant.id(), end);
  }

  @Override
  public void apply(Address address, Namespace own) {
    var known = access.grants().find(own.grantId()).orElse(null);
    switch (own.phase()) {
      case WRITE, READ -> open(address, own, known);
      case SUSPENDED -> {
        if (known != null && known.stateAt(clock.instant()) == Grant.State.ACTIVE)
          access.grants().suspend(Dossiers.PROGRAMME, known.id(), own.holder() + " is suspended");
      }
      case OVER -> {
        if (known != null && !known.stateAt(clock.instant()).isFinal())
          over(() ->
              access.grants().revoke(Dossiers.PROGRAMME, known.id(), own.holder() + " is over"));
      }
    }
  }

  private void open(Address address, Namespace own, @Nullable Grant known) {
    // The ledger keeps microseconds.
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var end = own.writeUntil() == null ? now.plus(LONGEST_KEY) : own.writeUntil();
    if (known == null) {
      if (!end.isAfter(now)) return;
      try {
        access
            .grants()
            .give(
                Dossiers.PROGRAMME,
                own.grantId(),
                GrantTerms.ofNamespace(
                    address.tenant(),
                    own.holder(),
                    own.vocabulary(),
                    now,
                    end,
                    end.plus(Namespace.EVALUATED_WITHIN)));
      } catch (Refusal.AlreadyExists _) {
        // The desk and the feed's keeper see to the same grant, each as soon as it can.
      }
      return;
    }
    if (known.stateAt(now).isFinal()) return;
    if (known.state() == Grant.State.SUSPENDED)
      access.grants().resume(Dossiers.PROGRAMME, known.id());
    boolean writes = known.terms().writesAt(now);
    if (own.phase() == Namespace.Phase.READ) {
      if (writes) access.grants().writeUntil(Dossiers.PROGRAMME, known.id(), now);
    } else if (own.writeUntil() != null && !end.equals(known.terms().writeUntil())) {
      access.grants().extend(Dossiers.PROGRAMME, known.id(), end.plus(Namespace.EVALUATED_WITHIN));
      access.grants().writeUntil(Dossiers.PROGRAMME, known.id(), end);
    } else if (own.writeUntil() == null && known.terms().validUntil().isBefore(end)) {
      access.grants().extend(Dossiers.PROGRAMME, known.id(), end.plus(Namespace.EVALUATED_WITHIN));
      access.grants().writeUntil(Dossiers.PROGRAMME, known.id(), end);
    }
  }

  private static GrantTerms terms(Address address, Dossier grant, Instant start) {
    return new GrantTerms(
        address.tenant(),
        grant
            .findText("pilot")
            .or(() -> grant.findText("exploration"))
            .orElseGet(() -> grant.text("service")),
        Set.copyOf(grant.texts("types")),
        Set.copyOf(grant.texts("attributes")),
        grant.findStruct("area").map(GeoValue::of).orElse(null),
        grant.findText("areaName").orElse(null),
        grant.findMoment("dataFrom").orElse(null),
        grant.findMoment("dataUntil").orElse(null),
        start,
        grant.moment("endDate"),
        null);
  }

  private static String because(Dossier grant) {
    return grant.findText("because").orElse("the programme's record says so");
  }

  @Override
  public String issueKey(Caller caller, Dossier holder, String label) {
    var now = clock.instant();
    Instant end = holder.findMoment("endDate").map(at -> at.plus(KEY_OUTLIVES_PILOT)).orElse(now);
    var most = now.plus(LONGEST_KEY);
    var until = end.isAfter(now) && end.isBefore(most) ? end : most;
    return access
        .keys()
        .issuePilot(Dossiers.PROGRAMME, owner(caller, holder), holder.id(), label, until)
        .text();
  }

  @Override
  public void endKeysUntil(Address address, String holderId, Instant issuedUntil, String reason) {
    for (var key : access.keys().listFor(holderId))
      if (!key.isRevoked() && !key.since().isAfter(issuedUntil))
        access.keys().revoke(Dossiers.PROGRAMME, key.id(), reason);
  }

  @Override
  public boolean isKeyOf(String actorId, String holderId) {
    return access
        .keys()
        .find(actorId)
        .filter(key -> holderId.equals(key.subject()) && !key.isRevoked())
        .isPresent();
  }

  @Override
  public void endKeys(Address address, String holderId, String reason) {
    for (var key : access.keys().listFor(holderId))
      if (!key.isRevoked()) access.keys().revoke(Dossiers.PROGRAMME, key.id(), reason);
  }

  /// The organisation, as far as access knows it; else the person who asked.
  private String owner(Caller caller, Dossier holder) {
    for (var field : List.of("organisation", "operator", "department"))
      for (var organisation : holder.texts(field))
        if (access.organizations().find(organisation).isPresent()) return organisation;
    return caller.id();
  }
}
