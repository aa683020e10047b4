package plaza.programme;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Post;
import plaza.programme.call.ChallengeDesk;
import plaza.programme.call.Conflicts;
import plaza.programme.call.ProposalDesk;
import plaza.programme.call.ReviewDesk;
import plaza.programme.demand.ClusterDesk;
import plaza.programme.demand.NeedDesk;
import plaza.programme.demand.SimilarNeeds;
import plaza.programme.directory.Ask;
import plaza.programme.directory.Directory;
import plaza.programme.indicator.Meter;
import plaza.programme.lesson.LessonKeeper;
import plaza.programme.notice.Followers;
import plaza.programme.notice.Messages;
import plaza.programme.notice.NoticeBoard;
import plaza.programme.pilot.GateDesk;
import plaza.programme.pilot.GrantBinding;
import plaza.programme.pilot.GrantDesk;
import plaza.programme.pilot.IndicatorDesk;
import plaza.programme.pilot.Measurements;
import plaza.programme.pilot.PilotDesk;
import plaza.programme.procedure.Agenda;
import plaza.programme.procedure.AuditChain;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.procedure.Outcome;
import plaza.programme.procedure.Procedures;
import plaza.programme.procedure.ProgrammeClock;
import plaza.programme.procedure.Roles;
import plaza.programme.procedure.Rules;
import plaza.programme.procedure.Standing;
import plaza.programme.publication.Parties;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;
import plaza.programme.record.RecordFeed;
import plaza.programme.regulation.RegulationDesk;
import plaza.programme.replication.OtherCities;
import plaza.programme.sandbox.SandboxDesk;
import plaza.programme.sandbox.SandboxLimits;
import plaza.programme.usage.UsageDays;
import plaza.programme.usage.UsageMeter;

/// The programme of all cities of an installation: what faces, the portal and the demo talk to.
///
/// Records are opened at the desks ([#needs], [#challenges], …) and move by [#transition]. What
/// anybody sees of them comes from [#view] and [#list]; nothing here is to be shown past these.
public final class Programme {
  private final Engine engine;
  private final Dossiers dossiers;
  private final SimilarNeeds similar = new SimilarNeeds();
  private final Demand demand;
  private final Calls calls;
  private final PilotDesk pilots;
  private final IndicatorDesk indicators;
  private final GrantDesk grants;
  private final GateDesk gates;
  private final Hub hub;
  private final Uptake uptake;
  private final RegulationDesk regulation;
  private final InstantSource clock;
  private final LessonKeeper lessonKeeper;
  private final UsageMeter meterOfUse;
  private final UsageDays usageDays;
  private final AuditChain chain;
  private final Views views;
  private final RecordView shown;
  private final RecordFeed records;
  private final Directory directory;
  private final ProgrammeClock programmeClock;
  private final PilotView pilotView;
  private final PilotGrounds grounds;
  private final CityFigures figures;
  private final Followers followers;
  private final NoticeBoard noticeBoard;
  private final Roles roles;

  /// One that asks no other city.
  ///
  /// @param random must be unguessable in a running city (`SecureRandom`)
  public Programme(
      Ledger ledger,
      Reader reader,
      Roles roles,
      GrantBinding binding,
      Rules rules,
      InstantSource clock,
      RandomGenerator random) {
    this(ledger, reader, roles, binding, rules, clock, random, OtherCities.NONE);
  }

  /// @param others how to read what other cities publish
  public Programme(
      Ledger ledger,
      Reader reader,
      Roles roles,
      GrantBinding binding,
      Rules rules,
      InstantSource clock,
      RandomGenerator random,
      OtherCities others) {
    this.dossiers = new Dossiers(reader);
    this.records = new RecordFeed("records", dossiers, ledger.feed());
    var meter = new Meter(reader);
    var conflicts = new Conflicts(rules);
    var measurements = new Measurements(meter);
    this.meterOfUse = new UsageMeter(ledger.notebook("programme.usage"), clock, random);
    var functions =
        Vocabulary.of(reader, meter, measurements, conflicts, similar, rules, binding, meterOfUse);
    this.engine =
        new Engine(
            Procedures.load(), functions, dossiers, ledger, roles, clock, new Ids(clock, random));
    this.demand = Demand.of(engine, reader, similar, records, clock);
    this.calls = Calls.of(engine, binding);
    this.pilots = new PilotDesk(engine, binding);
    this.indicators = new IndicatorDesk(engine, meter);
    this.grants = new GrantDesk(engine);
    this.gates = new GateDesk(engine, conflicts);
    this.regulation = new RegulationDesk(engine);
    this.hub = Hub.of(engine, dossiers, clock);
    this.uptake = Uptake.of(engine, binding, meterOfUse, others);
    this.clock = clock;
    this.lessonKeeper = new LessonKeeper(engine, clock);
    this.usageDays = new UsageDays(engine, meterOfUse);
    this.chain = new AuditChain(dossiers);
    this.views = new Views(engine);
    this.pilotView = new PilotView(measurements, meter, clock);
    var agenda = new Agenda(engine);
    this.directory = new Directory(records, dossiers, agenda::next);
    this.programmeClock = new ProgrammeClock(engine, directory);
    this.shown = new RecordView(engine, directory, views, demand.needs(), pilotView);
    this.grounds = new PilotGrounds(engine, ledger, reader, binding, clock);
    this.figures = new CityFigures(roles, dossiers, ledger.feed());
    records.tell(similar);
    this.followers = new Followers(engine);
    this.noticeBoard = new NoticeBoard(dossiers);
    this.roles = roles;
  }

  /// Starts what follows the feed: what is kept of the records in memory (lists, similar needs, the
  /// mayor's figures) and the enforcement of grants. Close all to stop.
  public List<Feed.Following> follow(Feed feed, List<Address> tenants) {
    return List.of(
        records.follow(tenants),
        figures.follow(tenants),
        grounds.followGrants(feed, tenants),
        grounds.followNamespaces(feed, tenants));
  }

  /// Takes the step of any record, as `POST …/{id}/transitions/{action}` does.
  ///
  /// @param expectedVersion from If-Match; null when the caller does not mind
  /// @throws Refusal.Unmet with all unmet guards; and the others that [Engine#transition] names
  public Outcome transition(
      Caller caller,
      Kind kind,
      String id,
      String action,
      Value.Struct input,
      @Nullable Long expectedVersion) {
    if (kind == Kind.NEED && action.equals("contest") && !caller.isPlaza())
      return demand.needs().contest(caller, id, input);
    if (kind == Kind.REPLICATION && !caller.isPlaza())
      return uptake.replications().transition(caller, id, action, input, expectedVersion);
    return engine.transition(caller, kind, id, action, input, expectedVersion);
  }

  Engine engine() {
    return engine;
  }

  /// Takes every step that time has made due in a tenant; call it every few seconds.
  ///
  /// @return what was done
  public List<String> tick(Address address) {
    // First the days of use: what is due now may be judged by them.
    usageDays.close(address);
    uptake.replications().look(address);
    var done = new ArrayList<>(programmeClock.tick(address));
    done.addAll(lessonKeeper.tick(address));
    done.addAll(grounds.tick(address));
    return done;
  }

  /// A record as the caller sees it, with the `actions` they could take.
  ///
  /// @throws Refusal.NotFound also when it is there and not for them to know
  public Value.Struct view(Caller caller, Kind kind, String id) {
    return shown
        .find(caller, dossiers.get(caller.address(), kind, id))
        .orElseThrow(() -> new Refusal.NotFound("there is no " + kind.title() + " " + id));
  }

  /// As [#view], of a record that a command just came to.
  public Value.Struct view(Caller caller, Dossier record) {
    return shown.of(caller, record);
  }

  /// The steps that the caller could take of a record now, without all that [#view] works out.
  public List<String> actions(Caller caller, Kind kind, String id) {
    return engine.actions(caller, dossiers.get(caller.address(), kind, id));
  }

  /// What the caller is in this city, so that pages offer people what is theirs to do. It decides
  /// nothing: the desks do.
  public Standing standing(Caller caller) {
    return engine.standing(caller);
  }

  /// Some records of a kind that the caller may see, newest first.
  ///
  /// @param having fields and the texts they must have; `state` is one
  /// @param offset how many to leave out
  /// @param limit 1 to 1,000
  public List<Value.Struct> list(
      Caller caller, Kind kind, List<Having> having, int offset, int limit) {
    return list(caller, kind, Ask.of(having, offset, limit)).records();
  }

  /// One page of the records that are asked for and that the caller may see, with how many there
  /// are. It knows every write that was acknowledged before.
  public Listing list(Caller caller, Kind kind, Ask ask) {
    return shown.list(caller, kind, ask);
  }

  /// What happened to a record, oldest first: the links of the audit chain about it, without the
  /// people behind them unless the caller is the office.
  public List<Value.Struct> events(Caller caller, String subjectId) {
    return chain.of(caller.address(), subjectId).stream()
        .flatMap(link -> views.of(caller, link).stream())
        .toList();
  }

  /// How a service is used: `{service, retention, cohort, monthlyActiveUsers, suppressed, cohorts,
  /// days}`, counts below 10 left out.
  public Value.Struct use(Caller caller, String serviceId) {
    view(caller, Kind.SERVICE, serviceId);
    var members = new LinkedHashMap<String, Value>();
    members.put("service", Value.of(serviceId));
    members.putAll(meterOfUse.use(caller.address(), serviceId).toValue().members());
    var ofService = new Having("service", serviceId);
    members.put("cohorts", shown.all(caller, Kind.COHORT_CELL, ofService));
    members.put("days", shown.all(caller, Kind.USAGE_DAY, ofService));
    return new Value.Struct(members);
  }

  /// What another city's catalogue has of what a service needs: a score, what lacks, and whether
  /// the service could be deployed there.
  ///
  /// @param catalogue URL of its broker or of its DCAT catalogue
  public Value.Struct portability(Caller caller, String serviceId, String catalogue) {
    view(caller, Kind.SERVICE, serviceId);
    return uptake
        .replications()
        .portability(dossiers.get(caller.address(), Kind.SERVICE, serviceId), catalogue);
  }

  /// One value per day of an indicator, over baseline and measurement, for its chart.
  public Value.Struct chart(Caller caller, String indicatorId) {
    return pilotView.chart(
        caller.address(), dossiers.get(caller.address(), Kind.INDICATOR, indicatorId));
  }

  /// Recomputes a tenant's audit chain and every frozen baseline and gate evidence.
  ///
  /// @return one sentence per fault; empty when all is well
  public List<String> verify(Address address) {
    var faults = new ArrayList<>(chain.verify(address));
    var plaza = Caller.plaza(address, "verify");
    for (var indicator : dossiers.list(address, Kind.INDICATOR))
      faults.addAll(indicators.verifyBaseline(plaza, indicator.id()));
    for (var gate : dossiers.list(address, Kind.GATE_DECISION))
      if (!GateDesk.recomputes(gate))
        faults.add(gate.id() + ": the evidence does not hash to what was sealed");
    return faults;
  }

  /// What leaves the programme for people and other systems. Make it once.
  ///
  /// @param publicUrl of the city's pages, without a slash at the end; empty when unknown
  public Messages messages(Ledger ledger, Post post, WebCall web, String publicUrl) {
    return new Messages(engine, ledger, roles, post, web, publicUrl, clock);
  }

  /// What the city publishes for everybody.
  ///
  /// @param parties who the organisations in its records are
  public Publications publications(Parties parties) {
    return new Publications(dossiers, parties, meterOfUse);
  }

  /// Branches in which pilots replay the past. Make it once.
  public SandboxDesk sandboxes(SandboxLimits limits) {
    return grounds.sandboxes(limits);
  }

  /// Who follows which record.
  public Followers followers() {
    return followers;
  }

  public NoticeBoard noticeBoard() {
    return noticeBoard;
  }

  /// The mayor's figures.
  public CityFigures figures() {
    return figures;
  }

  /// The procedures as data, for pages and documentation.
  public Procedures procedures() {
    return engine.procedures();
  }

  public NeedDesk needs() {
    return demand.needs();
  }

  public ClusterDesk clusters() {
    return demand.clusters();
  }

  /// Faults, moderation, readings beside answers, and what is overdue.
  public Demand demand() {
    return demand;
  }

  public ChallengeDesk challenges() {
    return calls.challenges();
  }

  public ProposalDesk proposals() {
    return calls.proposals();
  }

  public ReviewDesk reviews() {
    return calls.reviews();
  }

  public Calls calls() {
    return calls;
  }

  public PilotDesk pilots() {
    return pilots;
  }

  public IndicatorDesk indicators() {
    return indicators;
  }

  public GrantDesk grants() {
    return grants;
  }

  public GateDesk gates() {
    return gates;
  }

  /// Places, bookings, clusters, events and calendars.
  public Hub hub() {
    return hub;
  }

  /// The programme's own time.
  public Instant now() {
    return clock.instant();
  }

  public RegulationDesk regulation() {
    return regulation;
  }

  /// Money, services, packages, other cities and lessons.
  public Uptake uptake() {
    return uptake;
  }

  /// Where the gateway says whom it saw using which service.
  public UsageMeter usage() {
    return meterOfUse;
  }
}
