package plaza.programme.procedure;

import java.util.ArrayList;
import java.util.List;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.directory.Directory;
import plaza.programme.record.Kind;

/// Takes the steps that are due: a call opens and closes, a pilot starts, a grant expires.
///
/// It remembers nothing. What is due follows from the records and the time, and the record's
/// version guards the write; so a tick after a restart takes what was missed, and no step is taken
/// twice. The directory leaves out what time cannot move yet, so that a tick costs what is due and
/// not what there is.
public final class ProgrammeClock {
  private static final System.Logger LOG = System.getLogger(ProgrammeClock.class.getName());
  private static final int STEPS_PER_RECORD = 10;
  private final Engine engine;
  private final Directory directory;

  public ProgrammeClock(Engine engine, Directory directory) {
    this.engine = engine;
    this.directory = directory;
  }

  /// Takes every due step of a tenant.
  ///
  /// @return what was done, such as `urn:ngsi-ld:Challenge:1 open`
  public List<String> tick(Address address) {
    var done = new ArrayList<String>();
    for (var kind : Kind.values()) {
      var steps = engine.stepsByClock(kind);
      if (steps.isEmpty()) continue;
      for (var id : directory.due(address, kind, engine.now()))
        engine
            .dossiers()
            .find(address, kind, id)
            .ifPresent(record -> follow(address, kind, id, record.state(), steps, done));
    }
    return done;
  }

  /// One record may have several steps behind it, when Plaza was down for long.
  private void follow(
      Address address, Kind kind, String id, String from, List<Step> steps, List<String> done) {
    var state = from;
    for (int taken = 0; taken < STEPS_PER_RECORD; taken++) {
      boolean moved = false;
      for (var step : steps) {
        if (!step.from().equals(state) || !take(address, kind, id, step)) continue;
        done.add(id + " " + step.action());
        state = step.to();
        moved = true;
        break;
      }
      if (!moved) return;
    }
  }

  private boolean take(Address address, Kind kind, String id, Step step) {
    try {
      engine.transition(
          Caller.plaza(address, "clock"), kind, id, step.action(), Value.Struct.EMPTY, null);
      return true;
    } catch (Refusal.Unmet notDue) {
      return false;
    } catch (Refusal.Conflict overtaken) {
      LOG.log(System.Logger.Level.DEBUG, "Somebody moved {0} first: {1}", id, overtaken);
      return false;
    } catch (Refusal.Unavailable away) {
      throw away;
    } catch (RuntimeException failed) {
      // The others' time goes on all the same.
      LOG.log(System.Logger.Level.WARNING, id + " cannot " + step.action() + " for now", failed);
      return false;
    }
  }
}
