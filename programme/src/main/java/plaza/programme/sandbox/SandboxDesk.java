package plaza.programme.sandbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossier;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;
import plaza.programme.sandbox.Sandbox.State;

/// Where a pilot's team opens its sandboxes and turns them: its members, its keys, and the pmo.
public final class SandboxDesk implements AutoCloseable {
  private static final Set<String> LOOKING = Set.of("dataSteward", "auditor", "programmeBoard");
  private final Engine engine;
  private final Sandboxes sandboxes;
  private final GrantBinding binding;

  public SandboxDesk(
      Engine engine,
      GrantBinding binding,
      Ledger ledger,
      Reader reader,
      SandboxLimits limits,
      InstantSource clock) {
    this.engine = engine;
    this.binding = binding;
    this.sandboxes = new Sandboxes(engine, ledger, reader, limits, clock);
  }

  /// Goes on with all that were at play when the server stopped. Once, when the rooms stand.
  public void start() {
    sandboxes.start();
  }

  /// Opens a branch in which the readings of a window of history that the pilot may read happen
  /// again: `{name, types, from, until, speed, time}`; only from is needed.
  public Value.Struct open(Caller caller, String pilotId, Value.Struct json) {
    var pilot = mine(caller, pilotId);
    if (!pilot.is("ACTIVE"))
      throw new Refusal.Conflict(
          pilotId
              + " is "
              + pilot.state()
              + "; a sandbox replays what the pilot's active grants cover, so it needs an ACTIVE"
              + " pilot");
    return sandboxes.view(sandboxes.open(caller, pilot, SandboxPlan.of(json)));
  }

  public List<Value.Struct> list(Caller caller, String pilotId) {
    return sandboxes.listOf(caller, seen(caller, pilotId)).stream().map(sandboxes::view).toList();
  }

  public Value.Struct get(Caller caller, String pilotId, String name) {
    return sandboxes.view(sandboxes.get(caller, seen(caller, pilotId), name));
  }

  /// Turns one: `{state: PAUSED|RUNNING, speed, position}`. A position lays the city out as it was
  /// then, and goes on from there.
  public Value.Struct change(Caller caller, String pilotId, String name, Value.Struct json) {
    var sandbox = sandboxes.get(caller, mine(caller, pilotId), name);
    return sandboxes.view(sandboxes.change(sandbox, one -> changed(one, json)));
  }

  private static Sandbox changed(Sandbox sandbox, Value.Struct json) {
    var input = new Fields("a sandbox", json);
    var changed = input.find("speed").map(Speed::of).map(sandbox::with).orElse(sandbox);
    var position = input.findMoment("position");
    if (position.isPresent()) {
      if (position.get().isBefore(sandbox.from()) || !position.get().isBefore(sandbox.until()))
        throw input.wrong(
            "position", "a moment from " + sandbox.from() + " to before " + sandbox.until());
      changed = changed.at(position.get(), 0, 0).in(State.PREPARING, null);
    }
    var state = input.findOneOf("state", "PAUSED", "RUNNING");
    input.done();
    if (state.isEmpty()) return changed;
    if (state.get().equals("PAUSED")) {
      if (position.isPresent())
        throw new Refusal.Invalid("a sandbox goes on from a new position; pause it afterwards");
      return changed.in(State.PAUSED, null);
    }
    return switch (changed.state()) {
      case PAUSED ->
          // What was paused before the city was laid out begins with that.
          changed.in(changed.entities() == 0 ? State.PREPARING : State.RUNNING, null);
      case FINISHED ->
          throw new Refusal.Conflict(
              sandbox.branch() + " has finished; send a position to go on from");
      case PREPARING, RUNNING, WAITING -> changed;
    };
  }

  /// Removes one with all that is in it.
  public void discard(Caller caller, String pilotId, String name) {
    var sandbox = sandboxes.get(caller, mine(caller, pilotId), name);
    sandboxes.end(sandbox, "its team had no more use for it", caller);
  }

  /// When the newest reading was that the pilot may read, of some of its entities: where a window
  /// might end. For who may open one.
  public Optional<Instant> latest(Caller caller, String pilotId) {
    return isFor(caller, pilotId) ? sandboxes.latest(caller.address(), pilotId) : Optional.empty();
  }

  /// Only for pages: whether the desk would let the caller open one.
  public boolean isFor(Caller caller, String pilotId) {
    return engine
        .dossiers()
        .find(caller.address(), Kind.PILOT, pilotId)
        .filter(pilot -> isTeam(caller, pilot))
        .isPresent();
  }

  /// Stops replaying; where each is stays kept.
  @Override
  public void close() {
    sandboxes.close();
  }

  private Dossier mine(Caller caller, String pilotId) {
    var pilot = engine.dossiers().get(caller.address(), Kind.PILOT, pilotId);
    if (isTeam(caller, pilot)) return pilot;
    throw refused(
        caller, pilotId + ": its sandboxes are for its team, the team's keys and the pmo");
  }

  private Dossier seen(Caller caller, String pilotId) {
    var pilot = engine.dossiers().get(caller.address(), Kind.PILOT, pilotId);
    if (isTeam(caller, pilot) || LOOKING.stream().anyMatch(engine.standing(caller)::holds))
      return pilot;
    throw refused(
        caller, pilotId + ": its sandboxes are for its team, the team's keys and city officers");
  }

  private boolean isTeam(Caller caller, Dossier pilot) {
    if (!caller.isSignedIn()) return false;
    var standing = engine.standing(caller);
    return standing.holds("pmo")
        || standing.belongsToAny(pilot.texts("organisation"))
        || binding.isKeyOf(caller.id(), pilot.id());
  }

  private static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in or send the pilot's key");
  }
}
