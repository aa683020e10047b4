package plaza.programme.replication;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.figures.Retention;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;
import plaza.programme.service.DataNeed;

/// Where a city's delegate takes a package up, and where other cities are asked what they have.
///
/// They are asked before a step is taken, not within it: a step holds up every other command of the
/// tenant. What they answered is what the step's guards look at.
public final class ReplicationDesk {
  private static final Duration STAYED_AFTER = Duration.ofDays(Retention.LAST_DAY + 1L);
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofDays(1);
  private final Engine engine;
  private final OtherCities others;
  private final Catalogues catalogues;

  public ReplicationDesk(Engine engine, OtherCities others) {
    this.engine = engine;
    this.others = others;
    this.catalogues = new Catalogues(others);
  }

  /// What another city's catalogue has of what a service of this one needs.
  public Value.Struct portability(Dossier service, String catalogue) {
    var needs = DataNeed.all(service.items("dataRequirements"));
    if (needs.isEmpty())
      throw new Refusal.Conflict(
          service.id() + " declares no dataRequirements; there is nothing to compare");
    var members = new LinkedHashMap<String, Value>();
    members.put("service", Value.of(service.id()));
    members.putAll(report(needs, catalogue).toValue().members());
    return new Value.Struct(members);
  }

  private Report report(List<DataNeed> needs, String catalogue) {
    var holdings = catalogues.read(url(catalogue), Report.dated(needs));
    return Report.of(catalogue, holdings, needs, engine.now());
  }

  private static URI url(String text) {
    try {
      return URI.create(Names.uri(text, "catalogue"));
    } catch (IllegalArgumentException e) {
      throw new Refusal.Invalid("catalogue must be an http or https URL, not '" + text + "'");
    }
  }

  /// Proposes to take a package up: `{package, organisation, catalogue, city}`; the organisation is
  /// the other city's.
  public Outcome propose(Caller caller, Value.Struct json) {
    var input = new Fields("a replication", json);
    var fields = new LinkedHashMap<String, Value>();
    var packageId = input.uri("package");
    fields.put("package", Value.of(packageId));
    var organisation = input.uri("organisation");
    fields.put("organisation", Value.of(organisation));
    fields.put("catalogue", Value.of(url(input.text("catalogue", 2048)).toString()));
    input.findText("city", 200).ifPresent(city -> fields.put("city", Value.of(city)));
    input.done();
    fields.put("openedBy", Value.of(caller.id()));
    var standing = engine.standing(caller);
    if (!standing.holds("pmo") && !standing.holds("cityDelegate", List.of(organisation)))
      throw refused(
          caller, "a replication is proposed by the other city's cityDelegate or the pmo");
    return engine.run(
        caller,
        work -> {
          var taken = work.get(Kind.SOLUTION_PACKAGE, packageId);
          fields.put("title", Value.of(taken.text("title")));
          var record =
              Dossier.of(Kind.REPLICATION, work.ids().next(Kind.REPLICATION), "PROPOSED", fields);
          return work.done(record, "propose");
        });
  }

  /// Takes a step of a replication, after asking the other city what the step must know.
  public Outcome transition(
      Caller caller, String id, String action, Value.Struct input, @Nullable Long expected) {
    var asked = asked(caller, id, action, input);
    return ScopedValue.where(ReplicationWords.ASKED, asked)
        .call(() -> engine.transition(caller, Kind.REPLICATION, id, action, input, expected));
  }

  private Asked asked(Caller caller, String id, String action, Value.Struct input) {
    if (!List.of("assess", "reassess", "deploy").contains(action)) return Asked.NOTHING;
    var record = engine.dossiers().get(caller.address(), Kind.REPLICATION, id);
    // Who may not take the step does not make us call anybody either.
    if (!engine.actions(caller, record).contains(action)) return Asked.NOTHING;
    try {
      if (!action.equals("deploy")) {
        var needs =
            engine
                .dossiers()
                .find(caller.address(), Kind.SOLUTION_PACKAGE, record.text("package"))
                .map(one -> DataNeed.all(one.items("dataRequirements")))
                .orElse(List.of());
        return new Asked(Optional.of(report(needs, record.text("catalogue"))), null, "");
      }
      var local = new Fields("'deploy'", input).findUri("localService");
      return local.isEmpty()
          ? Asked.NOTHING
          : new Asked(Optional.empty(), others.read(url(local.get())), "");
    } catch (Refusal.Unavailable | Refusal.NotFound | Refusal.Forbidden | Refusal.Unsupported no) {
      return new Asked(Optional.empty(), null, String.valueOf(no.getMessage()));
    }
  }

  /// Asks the cities where something was deployed long enough ago how many stayed; at most one city
  /// at a time, and none twice a day.
  public void look(Address address) {
    var now = engine.now();
    for (var record :
        engine
            .dossiers()
            .list(address, Kind.REPLICATION, List.of(new Having("state", "DEPLOYED")))) {
      boolean due =
          record
                  .findMoment("deployedAt")
                  .filter(at -> !now.isBefore(at.plus(STAYED_AFTER)))
                  .isPresent()
              && record
                  .findMoment("lookedAt")
                  .filter(at -> now.isBefore(at.plus(ASKED_AGAIN_AFTER)))
                  .isEmpty();
      if (!due) continue;
      note(address, record, retention(record));
      return;
    }
  }

  private Value retention(Dossier record) {
    try {
      var usage = URI.create(record.text("localService") + "/usage");
      return others.read(usage) instanceof Value.Struct(var members)
          ? members.getOrDefault("retention", Value.Null.VALUE)
          : Value.Null.VALUE;
    } catch (Refusal unreachable) {
      return Value.Null.VALUE;
    }
  }

  private void note(Address address, Dossier record, Value retention) {
    engine.run(
        Caller.plaza(address, "clock"),
        work -> {
          var seen =
              work.get(Kind.REPLICATION, record.id())
                  .with("lookedAt", work.now())
                  .with(Map.of("localRetention", retention));
          work.save(seen);
          return seen;
        });
  }

  /// What another city answered before a step.
  ///
  /// @param service as the other city shows it; null when it was not asked for
  /// @param problem why it could not be asked; empty when it could or was not
  record Asked(Optional<Report> report, @Nullable Value service, String problem) {
    static final Asked NOTHING = new Asked(Optional.empty(), null, "");
  }

  private static Refusal refused(Caller caller, String sentence) {
    return caller.isSignedIn()
        ? new Refusal.Forbidden(sentence)
        : new Refusal.Unauthenticated(sentence + "; sign in");
  }
}
