package plaza.server;

import io.helidon.webserver.WebServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.access.Access;
import plaza.api.OpenApi;
import plaza.api.access.AccessApi;
import plaza.api.branch.BranchRoutes;
import plaza.api.link.LinkRoutes;
import plaza.api.open311.Open311;
import plaza.api.opendata.OpenDataRoutes;
import plaza.api.programme.NoticeRoutes;
import plaza.api.programme.PrivacyRoutes;
import plaza.api.programme.ProgrammeRoutes;
import plaza.api.programme.SandboxRoutes;
import plaza.api.programme.ServiceGateway;
import plaza.graph.Address;
import plaza.ledger.Feed;
import plaza.ledger.Ledger;
import plaza.ledger.Reader;
import plaza.ledger.Sweeper;
import plaza.ledger.store.Store;
import plaza.ledger.store.StoreFailure;
import plaza.links.LinkDesk;
import plaza.links.kind.Outside;
import plaza.links.mapping.MappingLimits;
import plaza.ngsild.subscription.delivery.Timekeeper;
import plaza.outbound.OutboundGuard;
import plaza.outbound.WebCall;
import plaza.outbound.mail.Post;
import plaza.outbound.mail.SmtpPost;
import plaza.portal.Portal;
import plaza.portal.page.Frame;
import plaza.programme.AccessAccounts;
import plaza.programme.AccessGrants;
import plaza.programme.AccessParties;
import plaza.programme.AccessRoles;
import plaza.programme.PersonalData;
import plaza.programme.Programme;
import plaza.programme.notice.Messages;
import plaza.programme.privacy.Privacy;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Rules;
import plaza.programme.record.Kind;
import plaza.programme.replication.HttpOtherCities;
import plaza.programme.sandbox.SandboxDesk;
import plaza.server.control.Control;
import plaza.server.settings.Settings;
import plaza.server.watch.Health;
import plaza.server.watch.Metrics;
import plaza.web.Routes;
import plaza.web.Site;

/// A running city: every room, wired by hand. Opened from the store upwards, closed the other way
/// round, so that nothing is asked of a room that is closed already.
public final class City implements AutoCloseable {
  private static final InstantSource CLOCK = Timekeeper.MICROS;

  private final Settings settings;
  private final Store store;
  private final Feed feed;
  private final Access access;
  private final Ledger ledger;
  private final Reader reader;
  private final OutboundGuard guard;
  private final LinkDesk links;
  private final HttpOtherCities otherCities;
  private final Programme programme;
  private final SandboxDesk sandboxes;
  private final ProgrammeTimer timer;
  private final WebCall webCall;
  private final Privacy privacy;
  private final Messages messages;
  private final Messenger messenger;
  private final FeedKeeper feedKeeper;
  private final ExpiryTimer expiryTimer;
  private final Broker broker;
  private final Portal portal;
  private final Metrics metrics = new Metrics();
  private final Site site;
  private final Control control;
  private volatile @Nullable WebServer web;

  /// @throws StoreFailure when the data folder is in use, foreign, newer or not writable
  public City(Settings settings) {
    this(settings, List.of());
  }

  /// @param sources of the city's data, for the portal; none unless this is a demo
  public City(Settings settings, List<Frame.Source> sources) {
    this.settings = settings;
    this.store = CityStore.open(settings);
    var clock = CLOCK;
    var random = new SecureRandom();
    this.feed = new Feed(store);
    this.access = new Access(settings.access(), clock, random);
    this.ledger = new Ledger(store, access.policy(), feed, settings.limits(), clock);
    ledger.watch(metrics);
    this.reader = new Reader(store, ledger, access.policy(), settings.limits());
    access.open(ledger, reader);
    this.guard = new OutboundGuard(settings.allowPrivateHosts(), settings.privateHosts());
    var outside = new Outside(guard, settings.linkFolders(), clock);
    this.links =
        new LinkDesk(ledger, reader, LinkDesk.installedKinds(), outside, MappingLimits.DEFAULT);
    this.otherCities = new HttpOtherCities(guard);
    this.programme =
        new Programme(
            ledger,
            reader,
            new AccessRoles(access),
            new AccessGrants(access, clock),
            Rules.DEFAULT,
            clock,
            random,
            otherCities);
    programme.follow(feed, tenants());
    this.sandboxes = programme.sandboxes(settings.sandboxes());
    this.privacy =
        PersonalData.of(
            programme, ledger, new AccessAccounts(access), settings.privacy(), this::tenants);
    this.timer = new ProgrammeTimer(programme, privacy, this::tenants);
    this.webCall = new WebCall(guard);
    this.messages =
        programme.messages(
            ledger,
            settings.mail() == null ? Post.NONE : new SmtpPost(settings.mail()),
            webCall,
            settings.web().publicUrl());
    this.messenger = new Messenger(messages, this::tenants);
    this.feedKeeper = new FeedKeeper(store, feed, settings.feedEntries());
    this.expiryTimer = new ExpiryTimer(new Sweeper(store, ledger));
    this.broker =
        new Broker(
            store,
            ledger,
            reader,
            feed,
            access.policy(),
            guard,
            settings.ngsiLd(),
            clock,
            random,
            this::root);
    this.portal =
        new Portal(
            new plaza.portal.page.Settings(
                settings.cityName(),
                settings.cityZone(),
                !sources.isEmpty(),
                sources,
                this::neighbours),
            access,
            reader,
            feed,
            programme,
            privacy,
            sandboxes,
            links,
            settings.access().sessionLongest(),
            clock);
    var observer = settings.accessLog() ? new AccessLog(metrics) : metrics;
    this.site =
        new Site(access.authenticator(), observer, faces())
            .tellingPeople(portal.errors())
            .admitting(settings.web().foreignPages())
            .counting(new ServiceGateway(access, programme));
    this.control = new Control(settings.data(), random, this::backup);
  }

  /// The cities that live in this store, the portal's own first.
  private List<Address> tenants() {
    var tenants = new LinkedHashSet<Address>(Set.of(Address.DEFAULT));
    for (var layer : store.layers())
      if (layer.isMain() && !layer.tenant().equals(Address.SYSTEM.tenant()))
        tenants.add(Address.tenant(layer.tenant()));
    return List.copyOf(tenants);
  }

  /// Those with places to look at, for the portal.
  private List<String> neighbours() {
    return tenants().stream()
        .filter(one -> !one.equals(Address.DEFAULT))
        .filter(one ->
            !programme.list(Caller.anonymous(one, null), Kind.PLACE, List.of(), 0, 1).isEmpty())
        .map(Address::tenant)
        .toList();
  }

  private List<Routes> faces() {
    var faces = new ArrayList<Routes>();
    faces.add(new Health(store, ledger, feed, links).routes());
    faces.add(metrics.routes(store, ledger, feed, links));
    faces.addAll(broker.routes());
    faces.add(AccessApi.routes(access, CLOCK));
    faces.add(new ProgrammeRoutes(programme, CLOCK).routes());
    faces.add(
        new Open311(
                programme,
                access.authenticator(),
                settings.open311(),
                this::tenants,
                this::root,
                id -> access.organizations().find(id).map(one -> one.name()),
                CLOCK)
            .routes());
    faces.add(new NoticeRoutes(programme, messages).routes());
    faces.add(new PrivacyRoutes(privacy).routes());
    faces.add(
        new OpenDataRoutes(programme.publications(new AccessParties(access)), settings.openData())
            .routes());
    faces.add(new SandboxRoutes(sandboxes).routes());
    faces.add(new LinkRoutes(links).routes());
    faces.add(new BranchRoutes(ledger).routes());
    faces.add(portal.routes());
    faces.add(new OpenApi(Help.number(), faces).routes());
    return faces;
  }

  /// The folder of the store within a data folder.
  public static Path storeFolder(Path data) {
    return CityStore.folder(data);
  }

  /// @throws StartFailure when something else listens where the settings say
  public static void requireFreePort(Settings settings) {
    WebFront.requireFree(settings.web());
  }

  /// Begins to answer requests.
  ///
  /// @return where
  /// @throws StartFailure when the address cannot be listened on
  public String serve() {
    broker.start(); // before the others: it must not miss what they write
    links.start();
    sandboxes.start();
    timer.start();
    expiryTimer.start();
    messenger.start();
    var started = WebFront.start(settings.web(), site);
    web = started;
    broker.callSources(); // after all that answering waits for
    return url(started);
  }

  /// Where others reach this server; empty while they cannot.
  private String root() {
    var started = web;
    return started == null ? "" : url(started);
  }

  private String url(WebServer started) {
    return settings.web().publicUrl().isEmpty()
        ? "http://" + WebFront.host(settings.web().bind()) + ":" + started.port()
        : settings.web().publicUrl();
  }

  /// Copies everything the data folder holds to an empty or absent folder, while running.
  public void backup(Path folder) {
    Backups.copyBesides(settings.data(), folder);
    store.backup(storeFolder(folder));
  }

  /// Reads and recomputes everything.
  ///
  /// @return one sentence per fault; empty when all is well
  public List<String> verify() {
    var faults = new ArrayList<>(store.verify());
    faults.addAll(access.audit().verify());
    for (var tenant : tenants()) faults.addAll(programme.verify(tenant));
    return faults;
  }

  public Settings settings() {
    return settings;
  }

  public Access access() {
    return access;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Reader reader() {
    return reader;
  }

  public Feed feed() {
    return feed;
  }

  public OutboundGuard guard() {
    return guard;
  }

  public LinkDesk links() {
    return links;
  }

  public Programme programme() {
    return programme;
  }

  public Site site() {
    return site;
  }

  /// Stops accepting, lets requests finish, then closes the rooms from the roof down.
  @Override
  public void close() {
    control.close();
    portal.close(); // first, or open maps would keep their connections until the grace is over
    var started = web;
    if (started != null) started.stop();
    links.close();
    messenger.close();
    webCall.close();
    timer.close();
    sandboxes.close();
    expiryTimer.close();
    programme.usage().flush();
    otherCities.close();
    feedKeeper.close();
    broker.close();
    ledger.close();
    feed.close();
    metrics.close();
    store.close();
  }
}
