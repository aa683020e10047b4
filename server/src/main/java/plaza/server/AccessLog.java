package plaza.server;

import plaza.web.Route;
import plaza.web.Site;

/// One log line for every request, without its query or body: they may hold what is private.
final class AccessLog implements Site.Observer {
  private static final System.Logger LOG = System.getLogger("plaza.access-log");

  private final Site.Observer next;

  AccessLog(Site.Observer next) {
    this.next = next;
  }

  @Override
  public void answered(Route route, int status, long nanos) {
    next.answered(route, status, nanos);
    LOG.log(
        System.Logger.Level.INFO,
        () -> route.method() + " " + route.path() + " " + status + " " + nanos / 1_000 + " µs");
  }
}
