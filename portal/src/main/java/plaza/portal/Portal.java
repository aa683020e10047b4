package plaza.portal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import plaza.access.Access;
import plaza.access.people.Organization;
import plaza.graph.Address;
import plaza.ledger.Feed;
import plaza.ledger.Reader;
import plaza.links.LinkDesk;
import plaza.portal.about.AboutPages;
import plaza.portal.account.AccountPages;
import plaza.portal.city.City;
import plaza.portal.city.CityData;
import plaza.portal.city.CityPages;
import plaza.portal.city.Days;
import plaza.portal.city.Layers;
import plaza.portal.city.Live;
import plaza.portal.library.LibraryPages;
import plaza.portal.library.OpenDataPages;
import plaza.portal.mayor.MayorPages;
import plaza.portal.need.ClusterPage;
import plaza.portal.need.NeedPage;
import plaza.portal.need.NeedPages;
import plaza.portal.notice.NoticePages;
import plaza.portal.page.Assets;
import plaza.portal.page.Pages;
import plaza.portal.page.Settings;
import plaza.portal.page.Times;
import plaza.portal.pilot.BuildPages;
import plaza.portal.pilot.PilotPages;
import plaza.portal.pilot.SandboxPages;
import plaza.portal.place.HubPages;
import plaza.portal.place.PlacePages;
import plaza.portal.privacy.PrivacyPages;
import plaza.portal.record.Acquaintance;
import plaza.portal.record.OpeningPages;
import plaza.portal.record.Panel;
import plaza.portal.record.RecordPages;
import plaza.portal.record.Steps;
import plaza.portal.record.Titles;
import plaza.portal.story.Story;
import plaza.portal.story.Visitors;
import plaza.programme.AccessParties;
import plaza.programme.Programme;
import plaza.programme.privacy.Privacy;
import plaza.programme.sandbox.SandboxDesk;
import plaza.web.Errors;
import plaza.web.Routes;

/// The portal of one city, wired. Close it before the feed, so that open maps end.
public final class Portal implements AutoCloseable {
  private final Pages pages;
  private final Live live;
  private final Routes routes;

  /// @param sessionLongest how long a browser keeps the session's cookie
  public Portal(
      Settings settings,
      Access access,
      Reader reader,
      Feed feed,
      Programme programme,
      Privacy privacy,
      SandboxDesk sandboxes,
      LinkDesk links,
      Duration sessionLongest,
      InstantSource clock) {
    var assets = new Assets();
    pages = new Pages(settings, assets);
    var city = new City(reader, Address.DEFAULT, clock);
    var days = new Days(city, settings.zone(), clock);
    var layers = new Layers(city);
    live = new Live(city, feed);
    var data = new CityData(city, days, layers, live).routes(new Routes());
    assets.routes(data);
    routes = new Routes(pages.errors(), Routes.SMALL_BODY);
    new CityPages(pages, city, days, layers).routes(routes);
    new AccountPages(pages, access, sessionLongest).routes(routes);
    var times = new Times(settings.zone());
    var visitors = new Visitors(Address.DEFAULT);
    var story = new Story(programme);
    Supplier<List<Panel.Named>> organisations =
        () ->
            access.organizations().list().stream()
                .map(one -> new Panel.Named(one.id(), one.name()))
                .toList();
    Supplier<List<Panel.Named>> departments =
        () ->
            access.organizations().list().stream()
                .filter(one -> one.kind() == Organization.Kind.DEPARTMENT)
                .map(one -> new Panel.Named(one.id(), one.name()))
                .toList();
    var titles = new Titles(programme, organisations, new Acquaintance(access));
    var steps = new Steps(programme, visitors, times, titles);
    var needs = new NeedPages(pages, city, programme, visitors, times, departments);
    var pilots = new PilotPages(pages, city, programme, story, visitors, steps, times, clock);
    pilots.data(needs.data(data));
    needs.routes(routes);
    new NeedPage(pages, city, programme, story, visitors, steps, times, organisations)
        .routes(routes);
    new ClusterPage(pages, programme, story, visitors, steps, times).routes(routes);
    pilots.routes(routes);
    new OpeningPages(pages, steps).routes(routes);
    new RecordPages(pages, programme, story, visitors, steps, titles, times).routes(routes);
    new BuildPages(pages, city, programme, visitors, times).routes(routes);
    new SandboxPages(pages, city, programme, sandboxes, visitors, times).routes(routes);
    new PlacePages(pages, city, programme, steps, settings.zone(), organisations).routes(routes);
    new HubPages(pages, programme, settings.zone(), organisations).routes(routes);
    new MayorPages(pages, programme, visitors, titles, times).routes(routes);
    new AboutPages(pages, city, links, times).routes(routes);
    new LibraryPages(pages, programme, visitors, times, clock).routes(routes);
    new OpenDataPages(
            pages, programme, programme.publications(new AccessParties(access)), visitors, times)
        .routes(routes);
    new NoticePages(pages, programme, visitors, titles, times).routes(routes);
    new PrivacyPages(pages, privacy, visitors).routes(routes);
    routes.include(data);
  }

  public Routes routes() {
    return routes;
  }

  /// How people are told what was refused; also for addresses that lead nowhere.
  public Errors errors() {
    return pages.errors();
  }

  @Override
  public void close() {
    live.close();
  }
}
