package plaza.api.programme;

import java.util.List;
import java.util.Set;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// What was learned: written down with what it is about, looked up with
/// `/api/v1/lessons?q=…&tag=…`.
final class LessonRoutes {
  private static final Set<Records> SUBJECTS =
      Set.of(
          Records.PILOTS,
          Records.CHALLENGES,
          Records.SERVICES,
          Records.ROUNDS,
          Records.REPLICATIONS);

  private final Programme programme;
  private final ProgrammeRoutes records;

  LessonRoutes(Programme programme, ProgrammeRoutes records) {
    this.programme = programme;
    this.records = records;
  }

  void addTo(Routes routes) {
    for (var subject : SUBJECTS)
      routes.post(
          subject.path() + "/{id}/lessons",
          Right.known(),
          e ->
              records.apply(
                  e,
                  201,
                  (caller, id, body) ->
                      programme.uptake().lessons().learn(caller, subject.kind(), id, body)));
  }

  static boolean isSearch(Exchange exchange) {
    return exchange.hasQuery("q") || exchange.hasQuery("text") || exchange.hasQuery("tag");
  }

  /// Lessons with all the words and the tag, newest first.
  void search(Exchange exchange) {
    var caller = Asking.caller(exchange);
    var text = exchange.query("q").or(() -> exchange.query("text")).orElse("");
    var found =
        programme.uptake().lessons().search(caller.address(), text, exchange.query("tag")).stream()
            .skip(Math.max(0, exchange.query("offset", 0)))
            .limit(Math.clamp(exchange.query("limit", 100), 1, 1_000))
            .<Value>map(lesson -> programme.view(caller, lesson))
            .toList();
    exchange.json(200, new Value.Items(List.copyOf(found)));
  }
}
