package plaza.programme.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;

/// A branch in which past readings that a pilot may see happen again, as far as they have.
///
/// @param tenant of the pilot
/// @param pilot its id
/// @param name among the pilot's sandboxes
/// @param branch of its tenant
/// @param types expanded entity types that are replayed; empty for all that the pilot may read
/// @param from where the window of history begins (inclusive)
/// @param until where it ends (exclusive)
/// @param position readings before it have been replayed
/// @param done how many of those exactly at it have, too
/// @param entities how many there are to replay; 0 until that is known
/// @param readings replayed so far, seeks and repetitions counted
/// @param because why it does not go on by itself; null when it does, or was paused by somebody
/// @param expiresAt when it is removed at the latest
public record Sandbox(
    String tenant,
    String pilot,
    String name,
    String branch,
    List<String> types,
    Instant from,
    Instant until,
    Times times,
    Speed speed,
    State state,
    Instant position,
    int done,
    int entities,
    long readings,
    @Nullable String because,
    Instant openedAt,
    String openedBy,
    Instant expiresAt) {
  /// What it is doing.
  public enum State {
    /// The city as it was at the position is being laid out.
    PREPARING,
    RUNNING,
    PAUSED,
    /// It would run, and may not or cannot now; it tries again by itself.
    WAITING,
    FINISHED
  }

  public Sandbox {
    types = List.copyOf(types);
  }

  public Address address() {
    return Address.tenant(tenant).branch(branch);
  }

  String key() {
    return tenant + " " + branch;
  }

  /// How much of the window is behind it, 0 to 1.
  public double progress() {
    double whole = Speed.micros(java.time.Duration.between(from, until));
    return Math.clamp(Speed.micros(java.time.Duration.between(from, position)) / whole, 0, 1);
  }

  Sandbox in(State newState, @Nullable String why) {
    return new Sandbox(
        tenant, pilot, name, branch, types, from, until, times, speed, newState, position, done,
        entities, readings, why, openedAt, openedBy, expiresAt);
  }

  Sandbox at(Instant newPosition, int newDone, long more) {
    return new Sandbox(
        tenant,
        pilot,
        name,
        branch,
        types,
        from,
        until,
        times,
        speed,
        state,
        newPosition,
        newDone,
        entities,
        readings + more,
        because,
        openedAt,
        openedBy,
        expiresAt);
  }

  Sandbox with(Speed newSpeed) {
    return new Sandbox(
        tenant, pilot, name, branch, types, from, until, times, newSpeed, state, position, done,
        entities, readings, because, openedAt, openedBy, expiresAt);
  }

  Sandbox of(int newEntities) {
    return new Sandbox(
        tenant,
        pilot,
        name,
        branch,
        types,
        from,
        until,
        times,
        speed,
        state,
        position,
        done,
        newEntities,
        readings,
        because,
        openedAt,
        openedBy,
        expiresAt);
  }
}
