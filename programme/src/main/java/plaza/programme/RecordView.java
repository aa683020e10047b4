package plaza.programme;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import plaza.graph.Value;
import plaza.programme.call.Feedback;
import plaza.programme.demand.NeedDesk;
import plaza.programme.directory.Ask;
import plaza.programme.directory.Clearance;
import plaza.programme.directory.Directory;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// A record as a caller sees it, with the steps they could take and, of a pilot, a round or a
/// service, what belongs to it. Who sees which field is [Views]' to say.
final class RecordView {
  private final Engine engine;
  private final Dossiers dossiers;
  private final Directory directory;
  private final Views views;
  private final NeedDesk needs;
  private final PilotView pilotView;

  RecordView(Engine engine, Directory directory, Views views, NeedDesk needs, PilotView pilotView) {
    this.needs = needs;
    this.engine = engine;
    this.directory = directory;
    this.dossiers = engine.dossiers();
    this.views = views;
    this.pilotView = pilotView;
  }

  /// Of a record that a command just came to: at least that it is there.
  Value.Struct of(Caller caller, Dossier record) {
    return find(caller, record)
        .orElseGet(() -> {
          var bare = new LinkedHashMap<String, Value>();
          bare.put("id", Value.of(record.id()));
          bare.put("type", Value.of(record.kind().title()));
          bare.put("state", Value.of(record.state()));
          bare.put("version", Value.of(record.version()));
          return new Value.Struct(bare);
        });
  }

  /// Empty when the caller may not know that the record exists.
  Optional<Value.Struct> find(Caller caller, Dossier record) {
    return views
        .of(caller, record)
        .map(view -> {
          var members = new LinkedHashMap<>(view.members());
          if (record.kind() == Kind.PROPOSAL) proposalParts(caller, record, members);
          if (record.kind() == Kind.NEED)
            needs
                .contests(caller.address(), record)
                .ifPresent(contest -> members.put("contest", contest));
          if (record.kind() == Kind.PILOT) pilotParts(caller, record, members);
          if (record.kind() == Kind.FUNDING_ROUND) roundParts(caller, record, members);
          if (record.kind() == Kind.SERVICE) serviceParts(caller, record, members);
          if (engine.procedures().find(record.kind()).isPresent())
            members.put("actions", Value.of(engine.actions(caller, record)));
          return new Value.Struct(members);
        });
  }

  /// Who proposed reads how each criterion was judged once the call is decided.
  private void proposalParts(Caller caller, Dossier proposal, Map<String, Value> members) {
    if (!members.containsKey("author")) return;
    dossiers
        .find(caller.address(), Kind.CHALLENGE, proposal.text("challenge"))
        .filter(challenge -> Feedback.isDue(challenge, proposal))
        .ifPresent(challenge -> {
          var ofProposal = List.of(new Having("proposal", proposal.id()));
          var reviews = dossiers.list(caller.address(), Kind.REVIEW, ofProposal);
          members.put("feedbackByCriterion", Feedback.of(challenge, proposal, reviews));
        });
  }

  /// A pilot's page tells its whole story: indicators with values, grants, gates.
  private void pilotParts(Caller caller, Dossier pilot, Map<String, Value> members) {
    var shown = new ArrayList<Value>();
    for (var id : pilot.texts("indicators"))
      dossiers
          .find(caller.address(), Kind.INDICATOR, id)
          .ifPresent(one -> shown.add(pilotView.indicator(caller.address(), one)));
    members.put("indicators", new Value.Items(shown));
    var ofPilot = new Having("pilot", pilot.id());
    members.put("grants", all(caller, Kind.DATA_GRANT, ofPilot));
    members.put("gates", all(caller, Kind.GATE_DECISION, ofPilot));
  }

  /// A round's page tells who committed what, as far as the caller may know, and what was paid.
  private void roundParts(Caller caller, Dossier round, Map<String, Value> members) {
    var ofRound = new Having("round", round.id());
    members.put("commitments", all(caller, Kind.COMMITMENT, ofRound));
    members.put("tranches", all(caller, Kind.TRANCHE, ofRound));
    members.put("disbursements", all(caller, Kind.DISBURSEMENT, ofRound));
  }

  /// A service's page tells what data it has, how it was decided about and what was learned.
  private void serviceParts(Caller caller, Dossier service, Map<String, Value> members) {
    var ofService = new Having("service", service.id());
    members.put("grants", all(caller, Kind.DATA_GRANT, ofService));
    members.put("gates", all(caller, Kind.GATE_DECISION, ofService));
  }

  Value.Items all(Caller caller, Kind kind, Having having) {
    var clearance = views.clearance(caller, kind);
    return new Value.Items(
        dossiers.list(caller.address(), kind, List.of(having)).stream()
            .flatMap(record -> views.of(caller, record, clearance).stream())
            .<Value>map(view -> view)
            .toList());
  }

  /// One page of the records that are asked for and that the caller may see.
  Listing list(Caller caller, Kind kind, Ask ask) {
    // Asked for by its value, a field that nobody is shown would show.
    if (ask.having().stream().anyMatch(having -> Views.isNeverShown(having.field())))
      return new Listing(List.of(), 0);
    var clearance = views.clearance(caller, kind);
    if (!Directory.lists(kind)) return unlisted(caller, kind, clearance, ask);
    var found = directory.find(caller.address(), kind, clearance, ask);
    var shown = new ArrayList<Value.Struct>(found.ids().size());
    for (var record : dossiers.findAll(caller.address(), kind, found.ids()))
      views.of(caller, record, clearance).ifPresent(shown::add);
    return new Listing(shown, found.total());
  }

  /// Of kinds that nobody pages through: all are looked at, the newest first.
  private Listing unlisted(Caller caller, Kind kind, Clearance clearance, Ask ask) {
    var all =
        dossiers.list(caller.address(), kind, ask.having()).stream()
            .sorted(Comparator.comparing(RecordView::age).thenComparing(Dossier::id).reversed())
            .filter(record ->
                ask.having().stream()
                    .allMatch(having ->
                        clearance.covers(record) || !kind.isSecret(having.field(), record.state())))
            .flatMap(record -> views.of(caller, record, clearance).stream())
            .toList();
    return new Listing(all.stream().skip(ask.offset()).limit(ask.limit()).toList(), all.size());
  }

  private static Instant age(Dossier record) {
    return Objects.requireNonNullElse(record.createdAt(), Instant.EPOCH);
  }
}
