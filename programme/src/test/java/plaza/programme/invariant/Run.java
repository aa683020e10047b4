package plaza.programme.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import plaza.graph.Refusal;

/// Commands drawn from one seed, asked of one city, with the power cut before or after any write of
/// any of them, of the clock's steps and of the notices.
final class Run {
  private static final int LAST_COMMANDS = 12;
  private final long seed;
  private final SmallCity city;
  private final Records records = new Records();
  private final Chance chance;
  private final Commands commands;
  private final List<Invariant> invariants;
  private final List<String> story = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int crashes;
  private int asked;

  static List<Supplier<Invariant>> all() {
    return List.of(
        SupportsCountOnce::new,
        BodiesStaySealed::new,
        RubricsStayFrozen::new,
        JudgesHaveNoTie::new,
        ApproversAreNotProposers::new,
        AccessEndsWithItsGround::new,
        PlacesAreNeverOverbooked::new,
        NumbersAreMeasured::new,
        EndsAreLearnedFrom::new,
        PaidIsCommitted::new,
        FollowersAreToldOnce::new,
        EvidenceRecomputes::new,
        NoPilotWithoutItsExemption::new,
        PublicTellsNobody::new,
        NovationKeepsItsPlace::new,
        TimeTakesEachStepOnce::new,
        EffectsHappen::new);
  }

  Run(long seed) {
    this.seed = seed;
    this.city = new SmallCity(seed);
    this.chance = new Chance(city, records, seed);
    this.commands = new Commands(chance);
    this.invariants = all().stream().map(Supplier::get).toList();
  }

  /// What one run came to.
  ///
  /// @param faults with the name of what was broken, how to run it again and what led to it
  /// @param steps taken, such as `Pilot start`
  record Result(
      long seed,
      int asked,
      int crashes,
      List<Fault> faults,
      List<Invariant> invariants,
      Set<String> steps) {}

  /// @param of the name of the invariant; `city` when the city itself failed
  record Fault(String of, String story) {}

  /// Asks until the first fault, or so many commands.
  Result ask(int most) {
    try {
      while (asked < most && found().isEmpty()) {
        asked++;
        // No two people ask at the same moment; what is due is taken at the very moment it is due.
        city.now = city.now.plusMillis(1);
        var command = commands.next();
        story.add(asked + ". " + command);
        attempt(command.what(), 12);
        look();
        settle();
      }
      if (found().isEmpty()) faults.addAll(city.programme.verify(SmallCity.HERE));
      return new Result(seed, asked, crashes, found(), invariants, steps());
    } finally {
      city.close();
    }
  }

  /// Does it; now and then the power fails at one of its writes, before or after that is durable,
  /// and the city is opened anew.
  private void attempt(Runnable what, int percent) {
    boolean cut = chance.in(percent);
    if (cut) city.store.cutPower(chance.below(4), chance.in(50));
    try {
      what.run();
    } catch (Refusal refused) {
      // As it should be, when the command was wrong.
    } catch (RuntimeException | AssertionError crashed) {
      if (!cut) faults.add("it crashed: " + trace(crashed));
    }
    boolean failed = city.store.restorePower();
    if (failed) crashes++;
    if (failed || chance.in(1)) city.reopen();
  }

  private static String trace(Throwable crashed) {
    var text = new StringBuilder(crashed.toString());
    Stream.of(crashed.getStackTrace()).limit(12).forEach(at -> text.append("\n    at ").append(at));
    return text.toString();
  }

  /// Lets the clock take what is due, access obey and everybody be told, whatever fails meanwhile.
  private void settle() {
    attempt(() -> city.programme.tick(SmallCity.HERE), 6);
    attempt(city::tell, 6);
    attempt(() -> city.privacy.tick(SmallCity.HERE), 6);
    for (int i = 0; !city.programme.tick(SmallCity.HERE).isEmpty(); i++)
      if (i == 20) {
        faults.add("the clock never comes to an end");
        break;
      }
    city.privacy.tick(SmallCity.HERE);
    city.enforce();
    city.tell();
    look();
    for (var one : invariants) one.settled(city, records);
  }

  private void look() {
    records.read(
        city.store,
        moment -> {
          for (var one : invariants) one.happened(city, records, moment);
        });
  }

  private List<Fault> found() {
    var found = new ArrayList<Fault>();
    for (var one : invariants)
      for (var fault : one.faults()) found.add(new Fault(one.name(), told(fault)));
    for (var fault : faults) found.add(new Fault("city", told(fault)));
    return found;
  }

  private String told(String fault) {
    var last = story.subList(Math.max(0, story.size() - LAST_COMMANDS), story.size());
    return "%s\n  (run it again with -Dplaza.invariants.seed=%d -Dplaza.invariants.commands=%d)\n  %s"
        .formatted(fault, seed, asked, String.join("\n  ", last));
  }

  private Set<String> steps() {
    var steps = new TreeSet<String>();
    for (var link : records.chain()) steps.add(link.kind() + " " + link.action());
    return steps;
  }
}
