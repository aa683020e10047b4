package plaza.ngsild.distribute;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Entity;
import plaza.graph.Refusal;
import plaza.graph.query.Neighbourhood;
import plaza.graph.query.Query;
import plaza.graph.query.Selector;
import plaza.ledger.Reader;
import plaza.ngsild.source.Match;

/// Where the links of one request lead, here and at sources (clauses 4.5.23, 4.9): asked for many
/// at once, each once.
///
/// A source that fails is not asked again for the same request, and all asking for it together
/// takes no longer than is waited for any answer of a source.
final class Linked {
  private final Gathering gathering;
  private final Reader reader;
  private final Fetching fetching;
  private final SourceLimits limits;
  private final Inquiry inquiry;
  private final List<Warning> warnings;

  /// How long a registration may still be followed.
  private final Map<String, Duration> left = new ConcurrentHashMap<>();

  private int asked;

  /// @param inquiry whose links they are
  /// @param warnings takes what went wrong
  Linked(
      Gathering gathering,
      Reader reader,
      Fetching fetching,
      SourceLimits limits,
      Inquiry inquiry,
      List<Warning> warnings) {
    this.gathering = gathering;
    this.reader = reader;
    this.fetching = fetching;
    this.limits = limits;
    this.inquiry = inquiry;
    this.warnings = warnings;
  }

  Neighbourhood neighbourhood() {
    return new Neighbourhood(this::find, limits.linkedEntities());
  }

  /// Entities by their ids, as all know them together; those that exist and show.
  Map<String, Entity> find(Collection<String> ids) {
    if (ids.isEmpty()) return Map.of();
    var about = inquiry.about(Query.of(Selector.ids(List.copyOf(ids))));
    var matches = gathering.sources(about);
    if (matches.isEmpty()) return reader.findAll(inquiry.actor(), inquiry.address(), ids);
    count(matches);
    var shares = Fan.out(matches, this::share);
    for (var share : shares) warnings.addAll(share.warnings());
    return gathering.assembly(inquiry.about(Query.EVERYTHING), matches, shares, null).known(ids);
  }

  /// The ids that a source may know.
  private static List<String> wanted(Match match) {
    var ids = new LinkedHashSet<String>();
    for (var part : match.parts()) for (var selector : part.selectors()) ids.addAll(selector.ids());
    return List.copyOf(ids);
  }

  private void count(List<Match> matches) {
    var ids = new LinkedHashSet<String>();
    for (var match : matches) ids.addAll(wanted(match));
    asked += ids.size();
    if (asked > limits.linkedEntities())
      throw new Refusal.TooLarge(
          "the query follows links to more than "
              + limits.linkedEntities()
              + " entities at context sources; narrow it by type, id or another condition");
  }

  private Fetching.Share share(Match match) {
    var registration = match.registration().id();
    var budget = left.getOrDefault(registration, limits.timeout());
    if (!budget.isPositive()) {
      var untold = "it was not asked for all that links lead to: it failed or takes too long";
      var warning = new Warning(199, registration, untold);
      return new Fetching.Share(match, List.of(), false, -1, List.of(warning));
    }
    long began = System.nanoTime();
    var share = fetching.byId(inquiry, match, wanted(match), budget);
    var took = Duration.ofNanos(System.nanoTime() - began);
    left.put(registration, share.exhausted() ? budget.minus(took) : Duration.ZERO);
    return share;
  }
}
