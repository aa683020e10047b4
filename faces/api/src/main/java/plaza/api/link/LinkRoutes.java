package plaza.api.link;

import java.util.List;
import plaza.access.people.Role;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.links.LinkDefinition;
import plaza.links.LinkDesk;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Links by name, and what became of what they brought.
public final class LinkRoutes {
  private static final String ROOT = "/api/v1/links";
  private static final String ONE = ROOT + "/{name}";
  private static final Right STEWARDS = Right.role(Role.DATA_STEWARD, Role.ADMIN);
  private static final Right WATCHERS =
      Right.role(Role.DATA_STEWARD, Role.ADMIN, Role.PMO, Role.AUDITOR);
  private static final int MOST_LETTERS = 1_000;

  private final LinkDesk desk;

  public LinkRoutes(LinkDesk desk) {
    this.desk = desk;
  }

  public Routes routes() {
    return new Routes()
        .get(ROOT, WATCHERS, this::list)
        .post(ROOT, STEWARDS, this::create)
        .get(ONE, WATCHERS, e -> e.json(200, LinkView.of(desk.get(name(e)))))
        .put(ONE, STEWARDS, this::change)
        .delete(ONE, STEWARDS, this::delete)
        .post(
            ONE + "/pause",
            STEWARDS,
            e -> e.json(200, LinkView.of(desk.pause(e.caller().actor(), name(e)))))
        .post(
            ONE + "/resume",
            STEWARDS,
            e -> e.json(200, LinkView.of(desk.resume(e.caller().actor(), name(e)))))
        .get(ONE + "/dead-letters", STEWARDS, this::letters)
        .get(
            ONE + "/dead-letters/{number}",
            STEWARDS,
            e -> e.json(200, LinkView.of(desk.deadLetter(name(e), number(e)))))
        .post(ONE + "/dead-letters/replay", STEWARDS, this::replay)
        .post(ONE + "/dead-letters/discard", STEWARDS, this::discard);
  }

  private void list(Exchange exchange) {
    exchange.json(200, new Value.Items(desk.list().stream().<Value>map(LinkView::of).toList()));
  }

  private void create(Exchange exchange) {
    var link = desk.create(exchange.caller().actor(), LinkDefinition.read(exchange.json()));
    exchange
        .setHeader("Location", ROOT + "/" + link.definition().name())
        .json(201, LinkView.of(link));
  }

  private void change(Exchange exchange) {
    var definition = LinkDefinition.read(exchange.json());
    if (!definition.name().equals(name(exchange)))
      throw new Refusal.Invalid(
          "the definition is of the link "
              + definition.name()
              + ", the address of "
              + name(exchange)
              + "; a link keeps its name");
    exchange.json(200, LinkView.of(desk.change(exchange.caller().actor(), definition)));
  }

  private void delete(Exchange exchange) {
    desk.delete(exchange.caller().actor(), name(exchange));
    exchange.send(204);
  }

  private void letters(Exchange exchange) {
    int limit = exchange.query("limit", 100);
    if (limit < 1 || limit > MOST_LETTERS)
      throw new Refusal.Invalid("limit must be 1 to " + MOST_LETTERS + ", not " + limit);
    int after = exchange.query("after", 0);
    exchange.json(
        200,
        new Value.Items(
            desk.deadLetters(name(exchange), after, limit).stream()
                .<Value>map(LinkView::of)
                .toList()));
  }

  /// `{numbers: […]}`, or all without.
  private void replay(Exchange exchange) {
    var numbers = numbers(exchange);
    int done =
        numbers.isEmpty() ? desk.replayAll(name(exchange)) : desk.replay(name(exchange), numbers);
    exchange.json(200, LinkView.count("stored", done));
  }

  private void discard(Exchange exchange) {
    var numbers = numbers(exchange);
    int done =
        numbers.isEmpty() ? desk.discardAll(name(exchange)) : desk.discard(name(exchange), numbers);
    exchange.json(200, LinkView.count("discarded", done));
  }

  private static List<Long> numbers(Exchange exchange) {
    if (exchange.body().length == 0) return List.of();
    return switch (exchange.jsonObject().get("numbers")) {
      case null -> List.of();
      case Value.Items(var items) -> items.stream().map(LinkRoutes::number).toList();
      case Value _ ->
          throw new Refusal.Invalid("numbers must be an array of dead letters' numbers");
    };
  }

  private static Long number(Value value) {
    if (value instanceof Value.Whole(long number)) return number;
    throw new Refusal.Invalid("the number of a dead letter is a whole number");
  }

  private static long number(Exchange exchange) {
    try {
      return Long.parseLong(exchange.parameter("number"));
    } catch (NumberFormatException e) {
      throw new Refusal.NotFound("there is no dead letter " + exchange.parameter("number"));
    }
  }

  private static String name(Exchange exchange) {
    return exchange.parameter("name");
  }
}
