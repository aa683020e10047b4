package plaza.links.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.json.Json;
import plaza.ledger.Actor;
import plaza.ledger.Notebook;
import plaza.ledger.store.Note;
import plaza.links.kind.Identity;
import plaza.links.kind.Inbox;
import plaza.links.kind.Message;
import plaza.links.mapping.Mapped;
import plaza.links.mapping.WatchedMapping;

/// The inbox of one link.
///
/// A turn of messages is one commit: their readings, the marks that they were seen, the dead
/// letters among them and the counters. A crash leaves all of it or nothing, so a message that the
/// source repeats is stored once. When the ledger refuses a turn, it is halved until the messages
/// to blame are found; those become dead letters.
public final class DurableInbox implements Inbox {
  private static final System.Logger LOG = System.getLogger(DurableInbox.class.getName());
  private static final String PROGRESS = "progress";
  private static final String PASS = "pass";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration PATIENCE_OF_PEOPLE = Duration.ofSeconds(5);

  private final Actor actor;
  private final Address address;
  private final Notebook notes;
  private final WatchedMapping mapping;
  private final InstantSource clock;
  private final Seen seen;
  private final DeadLetters deadLetters;
  private final KnownFacts facts;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Progress progress;
  private volatile int deadLetterCount;
  private volatile @Nullable Trouble trouble;
  private volatile boolean reached;

  /// What went wrong last.
  public record Trouble(String sentence, Instant at) {}

  /// @param actor the link; it has no room, so it may write city data only
  /// @param remembered how many messages it recognises
  public DurableInbox(
      Actor actor,
      Address address,
      Notebook notes,
      WatchedMapping mapping,
      int remembered,
      int deadLetterLimit,
      InstantSource clock) {
    this.actor = actor;
    this.address = address;
    this.notes = notes;
    this.mapping = mapping;
    this.clock = clock;
    this.seen = new Seen(notes, remembered);
    this.deadLetters = new DeadLetters(notes, deadLetterLimit);
    this.facts = new KnownFacts(clock);
    this.progress = notes.find(PROGRESS).map(Progress::read).orElse(Progress.NONE);
    this.deadLetterCount = deadLetters.count();
  }

  @Override
  public String link() {
    return actor.id();
  }

  @Override
  public void accept(List<Message> messages) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      for (int from = 0; from < messages.size(); from += MESSAGES_PER_TURN)
        turn(messages.subList(from, Math.min(from + MESSAGES_PER_TURN, messages.size())));
    } finally {
      lock.unlock();
    }
  }

  private void turn(List<Message> messages) throws InterruptedException {
    var fresh = new ArrayList<Message>();
    var inTurn = new HashSet<Long>();
    for (var message : messages) {
      boolean again =
          seen.knows(message.identity())
              || (message.identity() instanceof Identity.Certain(long digest)
                  && !inTurn.add(digest));
      if (!again) fresh.add(message);
    }
    progress = progress.received(messages.size(), messages.size() - fresh.size());
    var mapped = mapping.map(fresh);
    var steps = new ArrayList<Step>();
    for (int i = 0; i < fresh.size(); i++) steps.add(new Step(fresh.get(i), mapped.get(i), null));
    commit(steps, true);
    reached();
  }

  /// Makes the steps durable in order.
  ///
  /// @param patient waits while the ledger cannot store; otherwise that is thrown
  private void commit(List<Step> steps, boolean patient) throws InterruptedException {
    if (steps.isEmpty()) return;
    try {
      store(steps, patient);
    } catch (Refusal.Unavailable | Refusal.TooMany e) {
      throw e;
    } catch (Refusal | CompletionException e) {
      if (steps.size() == 1) {
        var step = steps.getFirst();
        if (step.isDead()) throw e;
        if (!(e instanceof Refusal)) LOG.log(System.Logger.Level.ERROR, actor.id(), e);
        commit(List.of(step.failed(String.valueOf(e.getMessage()))), patient);
        return;
      }
      commit(steps.subList(0, steps.size() / 2), patient);
      commit(steps.subList(steps.size() / 2, steps.size()), patient);
    }
  }

  /// One commit.
  ///
  /// @throws Refusal when the ledger will not have one of the edits
  private void store(List<Step> steps, boolean patient) throws InterruptedException {
    var edits = new ArrayList<Edit>();
    for (var step : steps) edits.addAll(facts.news(step.edits()));
    var now = clock.instant();
    var letters = new ArrayList<DeadLetter>();
    var settled = new ArrayList<Long>();
    var kept = new ArrayList<Note>();
    int dead = 0;
    for (var step : steps) {
      var old = step.letter();
      if (step.mapped() instanceof Mapped.Failed(var reason)) {
        if (old != null) kept.add(DeadLetters.note(old.triedAgain(reason, now)));
        else {
          letters.add(
              DeadLetter.of(deadLetters.number(letters.size()), step.message(), reason, now));
          dead++;
        }
      } else if (old != null) settled.add(old.number());
    }
    var dropped = deadLetters.surplus(letters.size(), settled.size());
    letters.forEach(letter -> kept.add(DeadLetters.note(letter)));
    settled.forEach(number -> kept.add(DeadLetters.without(number)));
    dropped.forEach(number -> kept.add(DeadLetters.without(number)));
    var digests =
        steps.stream()
            .filter(step -> step.letter() == null)
            .flatMap(step -> Seen.mark(step.message().identity()))
            .toList();
    kept.addAll(seen.marks(digests));
    int fresh = (int) steps.stream().filter(step -> step.letter() == null).count();
    var after = progress.lost(dead, dropped.size());
    after = after.stored(fresh - dead, settled.size(), newest(steps), now);
    kept.add(new Note(PROGRESS, after.bytes()));

    write(
        patient,
        () -> {
          if (edits.isEmpty()) notes.keep(actor, address, kept);
          else notes.write(actor, Write.atomic(address, edits), kept);
        });
    facts.learn(edits);
    seen.add(digests);
    var gone = new ArrayList<>(settled);
    gone.addAll(dropped);
    deadLetters.changed(letters.size(), gone);
    deadLetterCount = deadLetters.count();
    progress = after;
  }

  private static @Nullable Instant newest(List<Step> steps) {
    Instant newest = null;
    for (var step : steps) {
      var at = step.newest();
      if (at != null && (newest == null || at.isAfter(newest))) newest = at;
    }
    return newest;
  }

  private void write(boolean patient, Runnable write) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        write.run();
        return;
      } catch (Refusal.Unavailable | Refusal.TooMany e) {
        if (!patient) throw e;
        trouble(String.valueOf(e.getMessage()));
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
      }
    }
  }

  @Override
  public Map<String, String> notes() {
    var map = new LinkedHashMap<String, String>();
    notes
        .find(PASS)
        .ifPresent(bytes -> {
          if (Json.parse(bytes) instanceof Value.Struct(var members))
            members.forEach((name, value) -> {
              if (value instanceof Value.Text(var text)) map.put(name, text);
            });
        });
    return map;
  }

  @Override
  public void endPass(Map<String, String> pass, Set<Long> stillThere) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var members = new LinkedHashMap<String, Value>();
      pass.forEach((name, text) -> members.put(name, Value.of(text)));
      var kept = new ArrayList<>(seen.forgetting(stillThere));
      if (!kept.isEmpty() || !pass.equals(notes())) {
        kept.add(new Note(PASS, Json.bytes(new Value.Struct(members))));
        write(true, () -> notes.keep(actor, address, kept));
        seen.retain(stillThere);
      }
      reached();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reached() {
    reached = true;
    trouble = null;
  }

  /// Whether the source answered since this was asked last.
  public boolean wasReached() {
    boolean answer = reached;
    reached = false;
    return answer;
  }

  public void trouble(String sentence) {
    trouble = new Trouble(sentence, clock.instant());
  }

  /// What goes wrong now; null when nothing does.
  public @Nullable Trouble trouble() {
    return trouble;
  }

  public Progress progress() {
    return progress;
  }

  public int deadLetterCount() {
    return deadLetterCount;
  }

  public int deadLetterLimit() {
    return deadLetters.limit();
  }

  /// Oldest first, after a number.
  public List<DeadLetter> deadLetters(long after, int limit) {
    return deadLetters.list(after, limit);
  }

  public Optional<DeadLetter> deadLetter(long number) {
    return deadLetters.find(number);
  }

  /// Tries dead letters again with the mapping as it is now, in order. What fails again stays, with
  /// its new reason.
  ///
  /// @return how many are no dead letters any more
  public int replay(List<Long> numbers) throws InterruptedException {
    lockForPeople();
    try {
      long before = progress.replayed();
      for (int from = 0; from < numbers.size(); from += MESSAGES_PER_TURN) {
        var letters =
            numbers.subList(from, Math.min(from + MESSAGES_PER_TURN, numbers.size())).stream()
                .flatMap(number -> deadLetters.find(number).stream())
                .toList();
        var mapped = mapping.map(letters.stream().map(DeadLetter::message).toList());
        var steps = new ArrayList<Step>();
        for (int i = 0; i < letters.size(); i++)
          steps.add(new Step(letters.get(i).message(), mapped.get(i), letters.get(i)));
        commit(steps, false);
      }
      return (int) (progress.replayed() - before);
    } finally {
      lock.unlock();
    }
  }

  /// A turn that waits for a full disk must not hold a person's request for ever.
  private void lockForPeople() throws InterruptedException {
    if (!lock.tryLock(PATIENCE_OF_PEOPLE.toMillis(), TimeUnit.MILLISECONDS))
      throw new Refusal.Unavailable(
          actor.id() + " is waiting for its messages to be stored; try again shortly");
  }

  /// As [#replay], all there are now.
  public int replayAll() throws InterruptedException {
    lockForPeople();
    try {
      return replay(deadLetters.numbers());
    } finally {
      lock.unlock();
    }
  }

  /// Throws dead letters away.
  ///
  /// @return how many there were
  public int discard(List<Long> numbers) throws InterruptedException {
    lockForPeople();
    try {
      var there = numbers.stream().filter(deadLetters.numbers()::contains).distinct().toList();
      if (there.isEmpty()) return 0;
      var kept = there.stream().map(DeadLetters::without).toList();
      write(false, () -> notes.keep(actor, address, kept));
      deadLetters.changed(0, there);
      deadLetterCount = deadLetters.count();
      return there.size();
    } finally {
      lock.unlock();
    }
  }

  /// As [#discard], all there are now.
  public int discardAll() throws InterruptedException {
    lockForPeople();
    try {
      return discard(deadLetters.numbers());
    } finally {
      lock.unlock();
    }
  }
}
