package plaza.access.key;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.access.audit.Event;
import plaza.access.people.Power;
import plaza.access.people.Roles;
import plaza.access.record.Archive;
import plaza.access.record.Shelf;
import plaza.access.secret.Secrets;
import plaza.graph.Refusal;
import plaza.ledger.Actor;

/// Grants: given, suspended, resumed, revoked. Every change works from the next request on.
///
/// Whether a grant is due is the programme's procedure; it acts here with an actor that it vouches
/// for. Otherwise a data steward may.
public final class Grants {
  private final Shelf<Grant> grants;
  private final Shelf.Index<Grant> byHolder;
  private final Roles roles;
  private final Secrets secrets;
  private final InstantSource clock;

  public Grants(Archive archive, Roles roles, Secrets secrets, InstantSource clock) {
    this.grants = new Shelf<>(archive, Grant.TYPE, "grant", true, Grant::of);
    this.byHolder = grants.index(grant -> grant.terms().holder());
    this.roles = roles;
    this.secrets = secrets;
    this.clock = clock;
  }

  public Optional<Grant> find(String id) {
    return grants.find(id);
  }

  public Grant get(String id) {
    return grants.get(id);
  }

  /// Newest first.
  public List<Grant> list() {
    return grants.list().stream().sorted(Comparator.comparing(Grant::since).reversed()).toList();
  }

  /// Grants to exactly this key, pilot, organisation or person, whatever their state.
  public List<Grant> listOf(String holder) {
    return byHolder.list(holder);
  }

  public Grant give(Actor by, GrantTerms terms) {
    return give(by, Grant.ID + secrets.name(), terms);
  }

  /// @param id URI, such as that of the programme's record of the same grant
  public Grant give(Actor by, String id, GrantTerms terms) {
    roles.require(by, Power.GRANT_DATA, terms.tenant());
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return grants.add(
        by,
        () -> new Grant(id, terms, Grant.State.ACTIVE, null, now),
        grant ->
            Event.of("grantGiven", id)
                .with("holder", terms.holder())
                .with("covers", terms.words()));
  }

  public Grant suspend(Actor by, String id, String reason) {
    return move(by, id, Grant.State.SUSPENDED, "grantSuspended", reason);
  }

  public Grant resume(Actor by, String id) {
    return move(by, id, Grant.State.ACTIVE, "grantResumed", null);
  }

  public Grant revoke(Actor by, String id, String reason) {
    return move(by, id, Grant.State.REVOKED, "grantRevoked", reason);
  }

  /// Notes that a grant is over, before its end or after.
  public Grant expire(Actor by, String id) {
    return move(by, id, Grant.State.EXPIRED, "grantExpired", null);
  }

  /// Moves a grant's end, later or earlier; one that is over stays over.
  public Grant extend(Actor by, String id, Instant validUntil) {
    requireMay(by, id);
    return grants.change(
        by,
        id,
        grant -> {
          requireOpen(grant, "extended");
          return grant.with(grant.terms().until(validUntil.truncatedTo(ChronoUnit.MICROS)));
        },
        grant ->
            Event.of("grantExtended", id).with("until", grant.terms().validUntil().toString()));
  }

  /// Moves the end of writing in the grant's namespace, later or earlier.
  public Grant writeUntil(Actor by, String id, Instant end) {
    requireMay(by, id);
    return grants.change(
        by,
        id,
        grant -> {
          requireOpen(grant, "changed");
          return grant.with(grant.terms().writingUntil(end.truncatedTo(ChronoUnit.MICROS)));
        },
        grant -> Event.of("grantWritingEnds", id).with("at", end.toString()));
  }

  private Grant move(
      Actor by, String id, Grant.State state, String action, @Nullable String reason) {
    requireMay(by, id);
    return grants.change(
        by,
        id,
        grant -> {
          if (grant.state() == state) return grant;
          if (grant.stateAt(clock.instant()) != state) requireOpen(grant, "made " + state);
          return grant.in(state, reason);
        },
        grant ->
            Event.of(action, id)
                .with("holder", grant.terms().holder())
                .with("reason", reason == null ? "" : reason));
  }

  private void requireMay(Actor by, String id) {
    roles.require(by, Power.GRANT_DATA, grants.get(id).terms().tenant());
  }

  private void requireOpen(Grant grant, String wanted) {
    var state = grant.stateAt(clock.instant());
    if (state.isFinal())
      throw new Refusal.Conflict(
          grant.id() + " cannot be " + wanted + ": it is " + state + "; give a new one");
  }
}
