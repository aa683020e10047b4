package plaza.programme.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import plaza.access.key.Ground;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.ledger.store.Layer;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Kind;

/// All sandboxes at play: opens and removes them, and sees to it that each ends with its pilot.
///
/// A sandbox is a branch that begins empty, into which the past is read with the pilot's own sight:
/// so there is nothing in it that the pilot could not read outside, and the city's own writes need
/// not mind it.
final class Sandboxes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Sandboxes.class.getName());
  private static final int LOOKED_AT = 200;
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Engine engine;
  private final Ledger ledger;
  private final Reader reader;
  private final SandboxLimits limits;
  private final InstantSource clock;
  private final SandboxNotes notes;
  private final Map<String, Player> players = new ConcurrentHashMap<>();
  private final ReentrantLock opening = new ReentrantLock();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("sandboxes").factory());

  Sandboxes(
      Engine engine, Ledger ledger, Reader reader, SandboxLimits limits, InstantSource clock) {
    this.engine = engine;
    this.ledger = ledger;
    this.reader = reader;
    this.limits = limits;
    this.clock = clock;
    this.notes = new SandboxNotes(ledger);
  }

  /// Goes on with all that were at play when the server stopped.
  void start() {
    for (var sandbox : notes.all()) {
      // Cut short: one was being opened, or it was being removed.
      if (branch(sandbox).isEmpty()) {
        if (sandbox.entities() > 0) {
          notes.forget(sandbox);
          continue;
        }
        ledger.open(Dossiers.PROGRAMME, sandbox.address());
      }
      play(sandbox);
    }
    var _ = keeper.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Optional<plaza.ledger.Branch> branch(Sandbox sandbox) {
    return ledger.branches().find(Layer.of(sandbox.address()));
  }

  private void play(Sandbox sandbox) {
    var player = new Player(sandbox, ledger, reader, notes, limits, clock);
    players.put(sandbox.key(), player);
    player.start();
  }

  /// Every few seconds, so that a sandbox ends with its pilot well within a minute, also when that
  /// happened while the server was down.
  private void look() {
    for (var player : players.values())
      try {
        var over = whyOver(player.sandbox());
        if (over.isPresent()) end(player.sandbox(), over.get(), plaza(player.sandbox()));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A sandbox could not be looked after", e);
      }
  }

  private static Caller plaza(Sandbox sandbox) {
    return Caller.plaza(sandbox.address().branch("main"), "clock");
  }

  private Optional<String> whyOver(Sandbox sandbox) {
    if (!clock.instant().isBefore(sandbox.expiresAt()))
      return Optional.of("its time was up at " + sandbox.expiresAt());
    var pilot =
        engine.dossiers().find(sandbox.address().branch("main"), Kind.PILOT, sandbox.pilot());
    return pilot.filter(one -> one.is("ACTIVE", "SUSPENDED")).isPresent()
        ? Optional.empty()
        : Optional.of("the pilot is " + pilot.map(Dossier::state).orElse("gone"));
  }

  /// @throws Refusal.TooMany when there are as many as may be
  Sandbox open(Caller caller, Dossier pilot, SandboxPlan plan) {
    opening.lock();
    try {
      var mine = listOf(caller, pilot);
      if (mine.size() >= limits.perPilot())
        throw new Refusal.TooMany(
            "%s has %d sandboxes, as many as a pilot may have; delete one"
                .formatted(pilot.id(), mine.size()));
      if (players.size() >= limits.inAll())
        throw new Refusal.TooMany(
            "%d sandboxes are at play, as many as this server has room for"
                .formatted(players.size()));
      var name = plan.name() == null ? freeName(mine) : plan.name();
      if (mine.stream().anyMatch(one -> one.name().equals(name)))
        throw new Refusal.AlreadyExists(
            pilot.id() + " has a sandbox " + name + " already; choose another name");
      var sandbox = sandbox(caller, pilot, plan, name);
      enter(caller, pilot.id(), "openSandbox", view(sandbox));
      notes.keep(sandbox);
      ledger.open(Dossiers.PROGRAMME, sandbox.address());
      play(sandbox);
      return sandbox;
    } finally {
      opening.unlock();
    }
  }

  private Sandbox sandbox(Caller caller, Dossier pilot, SandboxPlan plan, String name) {
    // Stores keep microseconds.
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Sandbox(
        caller.address().tenant(),
        pilot.id(),
        name,
        Ground.of(pilot.id()).sandbox(name),
        plan.types(),
        plan.from(),
        plan.until(),
        plan.times(),
        plan.speed(),
        Sandbox.State.PREPARING,
        plan.from(),
        0,
        0,
        0,
        null,
        now,
        caller.id(),
        now.plus(limits.lifetime()));
  }

  private static String freeName(List<Sandbox> taken) {
    for (int i = 1; ; i++) {
      var name = String.valueOf(i);
      if (taken.stream().noneMatch(one -> one.name().equals(name))) return name;
    }
  }

  /// Oldest first.
  List<Sandbox> listOf(Caller caller, Dossier pilot) {
    return players.values().stream()
        .map(Player::sandbox)
        .filter(one -> one.pilot().equals(pilot.id()))
        .filter(one -> one.tenant().equals(caller.address().tenant()))
        .sorted(Comparator.comparing(Sandbox::openedAt))
        .toList();
  }

  Sandbox get(Caller caller, Dossier pilot, String name) {
    return listOf(caller, pilot).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refusal.NotFound(pilot.id() + " has no sandbox " + name));
  }

  Sandbox change(Sandbox sandbox, UnaryOperator<Sandbox> wish) {
    return player(sandbox).change(wish);
  }

  private Player player(Sandbox sandbox) {
    var player = players.get(sandbox.key());
    if (player == null) throw new Refusal.NotFound(sandbox.branch() + " has ended");
    return player;
  }

  /// Removes a sandbox with all that is in it, and what is subscribed to it. One that cannot be
  /// removed yet replays no more, and stays until it can.
  void end(Sandbox sandbox, String why, Caller by) {
    opening.lock();
    try {
      var player = players.remove(sandbox.key());
      if (player == null) return;
      boolean gone = false;
      try {
        player.close();
        if (branch(sandbox).isPresent()) ledger.discard(Dossiers.PROGRAMME, sandbox.address());
        notes.forget(sandbox);
        gone = true;
      } finally {
        if (!gone) players.put(sandbox.key(), player);
      }
      var more = Map.of("sandbox", Value.of(sandbox.name()), "reason", Value.of(why));
      enter(by, sandbox.pilot(), "endSandbox", new Value.Struct(more));
    } finally {
      opening.unlock();
    }
  }

  private void enter(Caller caller, String pilotId, String action, Value.Struct more) {
    engine.run(
        caller,
        work -> {
          var pilot = work.get(Kind.PILOT, pilotId);
          work.enter(pilot, action, more);
          return pilot;
        });
  }

  Optional<Instant> latest(Address city, String pilotId) {
    var newest = new ArrayList<Instant>();
    var looked = new int[1];
    try {
      reader.each(
          Actor.of(pilotId),
          city,
          Query.EVERYTHING,
          entity -> {
            if (entity.types().stream().allMatch(Scene::isCitys))
              for (var attribute : entity.attributes())
                if (attribute.observedAt() != null) newest.add(attribute.observedAt());
            return ++looked[0] < LOOKED_AT;
          });
    } catch (Refusal.Forbidden nothingYet) {
      return Optional.empty();
    }
    return newest.stream().max(Comparator.naturalOrder());
  }

  /// As API and pages show it.
  Value.Struct view(Sandbox sandbox) {
    var members = new LinkedHashMap<String, Value>();
    members.put("name", Value.of(sandbox.name()));
    members.put("branch", Value.of(sandbox.branch()));
    members.put("pilot", Value.of(sandbox.pilot()));
    members.put("state", Value.of(sandbox.state().name()));
    if (sandbox.because() != null) members.put("because", Value.of(sandbox.because()));
    members.put("from", Value.of(sandbox.from().toString()));
    members.put("until", Value.of(sandbox.until().toString()));
    members.put("speed", sandbox.speed().toValue());
    members.put("time", Value.of(sandbox.times().word()));
    members.put("types", Value.of(sandbox.types()));
    members.put("position", Value.of(at(sandbox.position()).toString()));
    members.put("progress", Value.of(Math.round(sandbox.progress() * 1e4) / 1e4));
    members.put("entities", Value.of(sandbox.entities()));
    members.put("readings", Value.of(sandbox.readings()));
    var player = players.get(sandbox.key());
    if (player != null) {
      members.put("readingsPerSecond", Value.of(Math.round(player.rate() * 10) / 10.0));
      members.put("lagSeconds", Value.of(player.lag().toMillis() / 1000.0));
    }
    members.put("openedAt", Value.of(sandbox.openedAt().toString()));
    members.put("expiresAt", Value.of(sandbox.expiresAt().toString()));
    return new Value.Struct(members);
  }

  private static Instant at(Instant position) {
    return position.truncatedTo(ChronoUnit.MILLIS);
  }

  /// Stops replaying; where each is stays kept.
  @Override
  public void close() {
    keeper.shutdownNow();
    players.values().forEach(Player::close);
  }
}
