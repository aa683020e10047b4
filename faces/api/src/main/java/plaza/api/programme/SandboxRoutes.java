package plaza.api.programme;

import java.util.List;
import plaza.graph.Value;
import plaza.programme.sandbox.SandboxDesk;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// A pilot's sandboxes: opened, turned, looked at and removed. What happens in one is asked of the
/// faces, by its branch.
public final class SandboxRoutes {
  private static final String ALL = Records.PILOTS.path() + "/{id}/sandboxes";
  private static final String ONE = ALL + "/{name}";
  private final SandboxDesk desk;

  public SandboxRoutes(SandboxDesk desk) {
    this.desk = desk;
  }

  public Routes routes() {
    return new Routes()
        .get(ALL, Right.known(), this::list)
        .post(ALL, Right.known(), this::open)
        .get(
            ONE, Right.known(), e -> e.json(200, desk.get(Asking.caller(e), Asking.id(e), name(e))))
        .patch(
            ONE,
            Right.known(),
            e -> e.json(200, desk.change(Asking.caller(e), Asking.id(e), name(e), Asking.body(e))))
        .delete(ONE, Right.known(), this::discard);
  }

  private static String name(Exchange exchange) {
    return exchange.parameter("name");
  }

  private void list(Exchange exchange) {
    var all = desk.list(Asking.caller(exchange), Asking.id(exchange));
    exchange.json(200, new Value.Items(List.<Value>copyOf(all)));
  }

  private void open(Exchange exchange) {
    var id = Asking.id(exchange);
    var opened = desk.open(Asking.caller(exchange), id, Asking.body(exchange));
    if (opened.members().get("name") instanceof Value.Text(var name))
      exchange.setHeader("Location", ALL.replace("{id}", id) + "/" + name);
    exchange.json(201, opened);
  }

  private void discard(Exchange exchange) {
    desk.discard(Asking.caller(exchange), Asking.id(exchange), name(exchange));
    exchange.send(204);
  }
}
