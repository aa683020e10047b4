package plaza.programme.procedure;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.change.Write;
import plaza.ledger.Actor;
import plaza.ledger.Ledger;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Fields;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;

/// Performs the steps of all procedures. A step is: who may, what is sent, all guards, effects, and
/// one atomic write of every record touched with a link of the audit chain.
///
/// Commands of one tenant follow each other, because each hangs its link on the last; the write
/// still expects the versions it read, so that another server on the same store is noticed.
public final class Engine {
  private static final int ATTEMPTS = 5;
  private final Procedures procedures;
  private final Functions functions;
  private final Dossiers dossiers;
  private final Ledger ledger;
  private final Roles roles;
  private final InstantSource clock;
  private final Ids ids;
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

  /// @throws IllegalStateException when a procedure uses a word that no function knows
  public Engine(
      Procedures procedures,
      Functions functions,
      Dossiers dossiers,
      Ledger ledger,
      Roles roles,
      InstantSource clock,
      Ids ids) {
    functions.check(procedures);
    this.procedures = procedures;
    this.functions = functions;
    this.dossiers = dossiers;
    this.ledger = ledger;
    this.roles = roles;
    this.clock = clock;
    this.ids = ids;
  }

  public Procedures procedures() {
    return procedures;
  }

  public Dossiers dossiers() {
    return dossiers;
  }

  public Ids ids() {
    return ids;
  }

  public Instant now() {
    return clock.instant();
  }

  public Standing standing(Caller caller) {
    return caller.isSignedIn() ? standing(caller.id(), caller.address().tenant()) : Standing.NONE;
  }

  public boolean isVerifiedOrganisation(String organisationId, Caller caller) {
    return roles.isVerified(organisationId, caller.address().tenant());
  }

  Optional<BigDecimal> publicShare(String organisationId, Caller caller) {
    return roles.publicShare(organisationId, caller.address().tenant());
  }

  public Standing standing(String personId, String tenant) {
    return roles.standing(Actor.of(personId), tenant);
  }

  /// Takes one step.
  ///
  /// @param expectedVersion of the record, as the caller read it; null when they don't mind
  /// @throws Refusal.Unmet with every guard that is not met; [Refusal.Conflict] when the state has
  ///   no such step or the record has changed; [Refusal.Forbidden] or [Refusal.Unauthenticated]
  ///   when it is not theirs to take; [Refusal.Unsupported] when the step is not offered yet
  public Outcome transition(
      Caller caller,
      Kind kind,
      String id,
      String action,
      Value.Struct input,
      @Nullable Long expectedVersion) {
    return run(
        caller,
        work -> {
          var record = work.get(kind, id).expect(expectedVersion);
          return perform(work, record, action, input);
        });
  }

  /// Does something that is no step of a procedure (opening a record, changing a draft), under the
  /// same turn, write and chain.
  public Outcome run(Caller caller, Function<Work, Dossier> command) {
    if (!caller.address().isMain())
      throw new Refusal.Unsupported(
          "the programme runs on the branch main, not on " + caller.address().branch());
    var turn = turns.computeIfAbsent(caller.address().tenant(), _ -> new ReentrantLock());
    turn.lock();
    try {
      for (int attempt = 1; ; attempt++) {
        var work = new Work(caller, clock.instant(), dossiers, ids);
        var record = command.apply(work);
        long version;
        try {
          version = write(work);
        } catch (Refusal.Conflict | Refusal.AlreadyExists overtaken) {
          if (attempt == ATTEMPTS) throw overtaken;
          continue;
        }
        // It is written: what follows must not lead to taking the command again.
        work.afterwards().forEach(Runnable::run);
        boolean changed = work.changed().stream().anyMatch(d -> d.id().equals(record.id()));
        return new Outcome(changed ? at(record, version) : record, work.answers());
      }
    } finally {
      turn.unlock();
    }
  }

  /// Does something while no command of a tenant runs: what the last one brought about is done.
  public <T> T alone(Address address, Supplier<T> something) {
    var turn = turns.computeIfAbsent(address.tenant(), _ -> new ReentrantLock());
    turn.lock();
    try {
      return something.get();
    } finally {
      turn.unlock();
    }
  }

  private static Dossier at(Dossier record, long version) {
    return new Dossier(
        record.kind(), record.id(), record.state(), record.fields(), version, record.createdAt());
  }

  private long write(Work work) {
    if (work.isEmpty()) return 0;
    // The chain's head is read through the work too, so that its version is expected with the rest.
    var links = AuditChain.links(work);
    var edits = new ArrayList<>(work.edits());
    edits.addAll(links);
    var caller = work.caller();
    // The ledger's feed names who asked; the programme vouches that they might.
    var actor = caller.actor().through("programme");
    return ledger
        .write(actor, Write.atomic(caller.address(), List.<Edit>copyOf(edits)))
        .position()
        .number();
  }

  /// A step within another command's write, taken by Plaza for a reason.
  public Dossier move(
      Work work, Kind kind, String id, String action, String why, Value.Struct input) {
    var record = work.get(kind, id);
    var step = step(record, action);
    boolean may =
        step.by().stream()
            .anyMatch(who ->
                who instanceof Who.Plaza(var cause) && (cause.isEmpty() || cause.equals(why)));
    if (!may)
      throw new IllegalStateException(
          "the procedure of " + kind.title() + " does not let Plaza '" + action + "' for " + why);
    return take(work, record, step, "system(" + why + ")", input);
  }

  private Dossier perform(Work work, Dossier record, String action, Value.Struct input) {
    var step = step(record, action);
    var situation = situation(work, record, step, input);
    return take(work, record, step, role(situation), input);
  }

  private Step step(Dossier record, String action) {
    var procedure = procedures.get(record.kind());
    var open = procedure.from(record.state());
    return open.stream()
        .filter(step -> step.action().equals(action))
        .findFirst()
        .orElseThrow(() ->
            new Refusal.Conflict(
                record.id()
                    + " is "
                    + record.state()
                    + " and cannot '"
                    + action
                    + "'; from there "
                    + (open.isEmpty()
                        ? "no step leads on"
                        : "it can "
                            + String.join(", ", open.stream().map(Step::action).toList()))));
  }

  private Situation situation(Work work, Dossier record, Step step, Value.Struct input) {
    return new Situation(
        this, work, step, record, new Fields("'" + step.action() + "' of " + record.id(), input));
  }

  private Dossier take(Work work, Dossier record, Step step, String role, Value.Struct input) {
    var missing = functions.missing(step);
    if (!missing.isEmpty())
      throw new Refusal.Unsupported(
          "'"
              + step.action()
              + "' of "
              + record.kind().title()
              + " is not offered yet; it needs "
              + String.join(", ", missing));
    var situation = situation(work, record, step, input);
    functions.intake(record.kind(), step.action()).take(situation);
    var unmet = unmet(situation);
    if (!unmet.isEmpty())
      throw new Refusal.Unmet(
          record.id() + " (" + record.state() + ") cannot '" + step.action() + "'", unmet);
    functions.settlement(record.kind(), step.action()).take(situation);
    // Effects see the record where it is going: a grant is activated because its pilot is active.
    work.save(situation.record().in(step.to()));
    for (var effect : step.effects()) happen(situation, effect);
    var reason = situation.input().findText("reason", 4_000);
    situation.input().done();
    var more = AuditChain.more(record, situation, reason);
    work.enter(
        new Work.Entry(
            record.kind(),
            record.id(),
            step.action(),
            step.from(),
            step.to(),
            role,
            more.text(),
            more.words()));
    return work.get(record.kind(), record.id());
  }

  private List<Refusal.Unmet.Condition> unmet(Situation situation) {
    var unmet = new ArrayList<Refusal.Unmet.Condition>();
    for (var guard : situation.step().guards()) {
      var remedies = new ArrayList<String>();
      boolean met = false;
      for (var term : guard.alternatives()) {
        var function = functions.guard(term.name());
        if (function.isEmpty()) continue;
        var remedy = function.get().unmet(situation, term);
        if (remedy.isEmpty()) met = true;
        else remedies.add(remedy.get());
      }
      if (!met)
        unmet.add(new Refusal.Unmet.Condition(guard.text(), String.join(", or ", remedies)));
    }
    return unmet;
  }

  private void happen(Situation situation, Step.Guard effect) {
    for (var term : effect.alternatives()) {
      var function = functions.effect(term.name());
      if (function.isPresent() && function.get().happens(situation, term)) return;
    }
    throw new IllegalStateException("no alternative of the effect " + effect.text() + " applies");
  }

  /// By which alternative of the step's `by` the caller may take it.
  private String role(Situation situation) {
    for (var who : situation.step().by()) {
      var role = role(situation, who);
      if (role.isPresent()) return role.get();
    }
    var sentence =
        "'"
            + situation.step().action()
            + "' of "
            + situation.record().id()
            + " is for "
            + String.join(" or ", situation.step().by().stream().map(Engine::shown).toList());
    throw situation.caller().isSignedIn()
        ? new Refusal.Forbidden(sentence + ", which " + situation.caller().id() + " is not here")
        : new Refusal.Unauthenticated(sentence);
  }

  private Optional<String> role(Situation situation, Who who) {
    var caller = situation.caller();
    return switch (who) {
      case Who.Role(var name) ->
          situation.standing().holds(name, situation.scopes())
                  && functions.admits(situation.record().kind(), name, situation)
              ? Optional.of(name)
              : none();
      case Who.Related related ->
          functions
              .relation(related.relation())
              .filter(relation -> !caller.isPlaza() && relation.holds(situation, related))
              .map(_ -> related.relation());
      case Who.Plaza(var why) ->
          caller.isPlaza() && (why.isEmpty() || why.equals(caller.cause()))
              ? Optional.of("system(" + caller.cause() + ")")
              : none();
    };
  }

  /// Whether the caller could take the step if all guards held.
  private boolean isFor(Work work, Dossier record, Step step) {
    var situation = situation(work, record, step, Value.Struct.EMPTY);
    return step.by().stream().anyMatch(who -> role(situation, who).isPresent());
  }

  /// The actions that the record's state has and the caller may take, whether or not their guards
  /// hold.
  public List<String> actions(Caller caller, Dossier record) {
    // One for all steps: what one of them reads, the others know.
    var work = new Work(caller, clock.instant(), dossiers, ids);
    return procedures.find(record.kind()).stream()
        .flatMap(procedure -> procedure.from(record.state()).stream())
        .filter(step -> functions.missing(step).isEmpty() && isFor(work, record, step))
        .map(Step::action)
        .toList();
  }

  /// Steps that time or circumstance alone may take, and that are offered.
  List<Step> stepsByClock(Kind kind) {
    return procedures.find(kind).stream()
        .flatMap(procedure -> procedure.steps().stream())
        .filter(step -> step.isByClock() && functions.missing(step).isEmpty())
        .toList();
  }

  private static String shown(Who who) {
    return switch (who) {
      case Who.Role(var name) -> name;
      case Who.Related(var relation, var how) ->
          relation + (how.isEmpty() ? "" : " by " + String.join(" or ", how));
      case Who.Plaza(var why) -> "Plaza itself" + (why.isEmpty() ? "" : " (" + why + ")");
    };
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
