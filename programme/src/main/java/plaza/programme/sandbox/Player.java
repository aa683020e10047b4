package plaza.programme.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.programme.record.Dossiers;
import plaza.programme.sandbox.Sandbox.State;

/// Lets the past happen again in one sandbox. One thread does everything to it, also what people
/// ask for in between, so that position, notes and readings never disagree.
final class Player implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Player.class.getName());
  // The city's own writes wait for the commit they share: so it is a small one.
  private static final int EDITS_AT_ONCE = 100;
  private static final int SEEDS_AT_ONCE = 500;
  private static final int READINGS_AHEAD = 2_000;
  private static final int STRETCHES = 20;
  private static final int BUSY = 100;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final Duration KEEP_EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_STRETCH = Duration.ofDays(7);

  private final Ledger ledger;
  private final Reader reader;
  private final SandboxNotes notes;
  private final SandboxLimits limits;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile Sandbox sandbox;
  private volatile Pace pace;

  // Of the replaying thread alone.
  private final Disguise disguise;
  private final ArrayDeque<Scene.Reading> ahead = new ArrayDeque<>();
  private @Nullable Scene scene;
  private Instant loadedUntil = Instant.EPOCH;
  private Duration stretch = Duration.ofMinutes(1);
  private Instant keptAt = Instant.EPOCH;

  /// What somebody asks for.
  private record Wish(UnaryOperator<Sandbox> change, CompletableFuture<Sandbox> done) {}

  Player(
      Sandbox sandbox,
      Ledger ledger,
      Reader reader,
      SandboxNotes notes,
      SandboxLimits limits,
      InstantSource clock) {
    this.sandbox = sandbox;
    this.ledger = ledger;
    this.reader = reader;
    this.notes = notes;
    this.limits = limits;
    this.clock = clock;
    this.disguise = new Disguise(sandbox);
    this.pace = Pace.from(sandbox, clock.instant());
    this.thread = Thread.ofVirtual().name("sandbox-" + sandbox.branch()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /// How far behind its pace it is, in our time.
  Duration lag() {
    var now = sandbox;
    return now.state() == State.RUNNING ? pace.lag(now, clock.instant()) : Duration.ZERO;
  }

  /// Readings a second, over the last few.
  double rate() {
    return pace.rate(clock.instant());
  }

  /// Changes it between two steps.
  ///
  /// @throws Refusal as the change does
  Sandbox change(UnaryOperator<Sandbox> wish) {
    var done = new CompletableFuture<Sandbox>();
    wishes.add(new Wish(wish, done));
    if (stopped) refuseWishes();
    try {
      return done.get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) throw refusal;
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new Refusal.Unavailable("the sandbox is busy; ask again shortly");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("interrupted; ask again");
    }
  }

  private void run() {
    while (!stopped) {
      try {
        var pause = step();
        var wish =
            pause.isZero() ? wishes.poll() : wishes.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (wish != null) grant(wish);
      } catch (InterruptedException e) {
        return;
      } catch (Refusal refused) {
        await(String.valueOf(refused.getMessage()));
      } catch (RuntimeException e) {
        if (stopped) return;
        LOG.log(System.Logger.Level.WARNING, "The sandbox " + sandbox.branch() + " failed", e);
        await("Plaza made a mistake here and wrote it to its log");
      }
    }
  }

  private void grant(Wish wish) {
    try {
      var before = sandbox;
      var after = wish.change.apply(before);
      if (!after.equals(before)) {
        if (!after.position().equals(before.position()) || after.state() == State.PREPARING)
          forgetAhead();
        keep(after);
        pace = pace.again(after, clock.instant());
      }
      wish.done.complete(after);
    } catch (RuntimeException e) {
      wish.done.completeExceptionally(e);
    }
  }

  /// It would go on and cannot now.
  private void await(String reason) {
    if (stopped) return;
    var now = sandbox;
    // A sandbox that was paused meanwhile stays so.
    if (now.state() == State.PAUSED || now.state() == State.FINISHED) return;
    // Half laid out, the city is laid out anew.
    sandbox = now.in(now.state() == State.PREPARING ? State.PREPARING : State.WAITING, reason);
    forgetAhead();
    scene = null;
    try {
      var wish = wishes.poll(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      if (wish != null) grant(wish);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  /// @return how long there is nothing to do
  private Duration step() {
    return switch (sandbox.state()) {
      case PREPARING -> prepare();
      case WAITING -> goOn();
      case RUNNING -> replay();
      case PAUSED, FINISHED -> Duration.ofHours(1);
    };
  }

  /// Lays the city out as it was at the position.
  private Duration prepare() {
    var now = sandbox;
    var at = now.position();
    Scene opened;
    try {
      opened = scene(now);
    } catch (Refusal.TooLarge tooMany) {
      keep(now.in(State.PAUSED, tooMany.getMessage()));
      return Duration.ZERO;
    }
    now = now.of(opened.ids().size());
    sandbox = now;
    for (int i = 0; i < opened.ids().size() && !stopped; i += SEEDS_AT_ONCE) {
      var edits = new ArrayList<Edit>();
      var present = clock.instant();
      for (var id : opened.ids().subList(i, Math.min(i + SEEDS_AT_ONCE, opened.ids().size())))
        edits.add(
            opened
                .before(id, at)
                .<Edit>map(entity -> new Edit.Put(disguise.seed(entity, present)))
                .orElseGet(() -> new Edit.Delete(id)));
      giveWay();
      ledger.write(Dossiers.PROGRAMME, Write.each(now.address(), edits));
    }
    if (stopped) return Duration.ZERO;
    keep(now.in(State.RUNNING, null));
    pace = pace.again(sandbox, clock.instant());
    return Duration.ZERO;
  }

  /// When what stood in the way may have gone.
  private Duration goOn() {
    var now = sandbox;
    var _ = scene(now);
    keep(now.in(State.RUNNING, null));
    pace = pace.again(sandbox, clock.instant());
    return Duration.ZERO;
  }

  private Scene scene(Sandbox of) {
    var known = scene;
    if (known != null) return known;
    var fresh = Scene.of(reader, of, limits.entities());
    scene = fresh;
    return fresh;
  }

  private Duration replay() {
    var now = sandbox;
    var moment = clock.instant();
    var due = pace.due(now, moment);
    if (now.readings() >= limits.readings()) {
      keep(now.in(State.PAUSED, "it has replayed " + now.readings() + " readings, as many as may"));
      return Duration.ZERO;
    }
    for (int i = 0; i < STRETCHES && ahead.isEmpty() && loadedUntil.isBefore(due); i++) load(now);
    var batch = batch(due);
    if (batch.isEmpty()) return idle(now, due);
    giveWay();
    int readings = write(now, batch, moment);
    return pace.rest(readings, limits.readingsPerSecond(), moment, clock.instant());
  }

  /// The next stretch of history, about as much as is wanted at once.
  private void load(Sandbox now) {
    var from = loadedUntil.isBefore(now.position()) ? now.position() : loadedUntil;
    var to = earlier(from.plus(stretch), now.until());
    List<Scene.Reading> found;
    try {
      found = scene(now).readings(from, to);
    } catch (Refusal.TooLarge tooLong) {
      if (stretch.toMillis() < 2) throw tooLong;
      stretch = stretch.dividedBy(8);
      return;
    }
    int skip = from.equals(now.position()) ? now.done() : 0;
    for (var reading : found)
      if (skip > 0 && reading.at().equals(now.position())) skip--;
      else ahead.add(reading);
    loadedUntil = to;
    var factor = found.isEmpty() ? 4 : Math.clamp((double) READINGS_AHEAD / found.size(), 0.25, 4);
    stretch =
        Duration.ofMillis(
            Math.clamp((long) (stretch.toMillis() * factor), 1, LONGEST_STRETCH.toMillis()));
  }

  private List<Scene.Reading> batch(Instant due) {
    var batch = new ArrayList<Scene.Reading>();
    while (batch.size() < EDITS_AT_ONCE && !ahead.isEmpty() && ahead.peek().at().isBefore(due))
      batch.add(ahead.remove());
    return batch;
  }

  /// @return how many readings that were
  private int write(Sandbox now, List<Scene.Reading> batch, Instant moment) {
    var edits = new ArrayList<Edit>(batch.size());
    int readings = 0;
    for (var reading : batch) {
      edits.add(
          new Edit.Observe(
              disguise.of(
                  reading.entity(),
                  reading.attributes(),
                  reading.at(),
                  pace.moment(reading.at(), moment))));
      readings += reading.attributes().size();
    }
    var last = batch.getLast().at();
    int done = (int) batch.stream().filter(reading -> reading.at().equals(last)).count();
    if (last.equals(now.position())) done += now.done();
    var after = now.at(last, done, readings);
    notes
        .notebook()
        .write(
            Dossiers.PROGRAMME,
            Write.each(now.address(), edits),
            List.of(SandboxNotes.note(after)));
    sandbox = after;
    keptAt = clock.instant();
    pace = pace.counted(readings, keptAt);
    return readings;
  }

  /// Nothing is due: time goes on all the same.
  private Duration idle(Sandbox now, Instant due) {
    if (!due.isBefore(now.until()) && !loadedUntil.isBefore(now.until()) && ahead.isEmpty()) {
      keep(now.at(now.until(), 0, 0).in(State.FINISHED, null));
      return Duration.ZERO;
    }
    var reached = ahead.isEmpty() ? earlier(due, loadedUntil) : due;
    if (reached.isAfter(now.position())) {
      var after = now.at(reached, 0, 0);
      if (Duration.between(keptAt, clock.instant()).compareTo(KEEP_EVERY) > 0) keep(after);
      else sandbox = after;
    }
    return pace.isMost() ? Duration.ZERO : LOOK;
  }

  /// The city's own writes go first.
  private void giveWay() {
    for (int i = 0; i < 20 && ledger.pending() > BUSY && !stopped; i++)
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped = true;
      }
  }

  private void keep(Sandbox after) {
    notes.keep(after);
    sandbox = after;
    keptAt = clock.instant();
  }

  private void forgetAhead() {
    ahead.clear();
    loadedUntil = Instant.EPOCH;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// Ends the thread; where it is stays kept.
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseWishes();
  }

  private void refuseWishes() {
    for (var wish = wishes.poll(); wish != null; wish = wishes.poll())
      wish.done.completeExceptionally(new Refusal.NotFound("the sandbox has ended"));
  }
}
