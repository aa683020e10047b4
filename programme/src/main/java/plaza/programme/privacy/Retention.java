package plaza.programme.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import plaza.graph.Address;
import plaza.programme.privacy.Register.Holds;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// Ends what may not be kept any longer: how to reach the author of a need or fault that has ended,
/// who followed it, and notices that are old. It remembers nothing: what is due follows from the
/// records and the time.
final class Retention {
  private static final Duration PAUSE = Duration.ofHours(6);
  private static final List<Kind> OF_RESIDENTS =
      List.of(Kind.NEED, Kind.SERVICE_REQUEST, Kind.MODERATION_CASE);
  private final Engine engine;
  private final Register register;
  private final Finder finder;
  private final Rewriter rewriter;
  private final PrivacyRules rules;
  private final Map<String, Instant> next = new ConcurrentHashMap<>();

  Retention(
      Engine engine, Register register, Finder finder, Rewriter rewriter, PrivacyRules rules) {
    this.engine = engine;
    this.register = register;
    this.finder = finder;
    this.rewriter = rewriter;
    this.rules = rules;
  }

  /// Ends what is due, every few hours.
  ///
  /// @return how many records were changed or removed
  int tick(Address address) {
    var now = engine.now();
    var due = next.get(address.tenant());
    if (due != null && now.isBefore(due)) return 0;
    int ended = 0;
    for (var kind : OF_RESIDENTS)
      for (var state : engine.procedures().get(kind).terminal())
        for (var id :
            engine
                .dossiers()
                .unchangedSince(
                    address, kind, List.of(new Having("state", state)), now.minus(rules.contact())))
          ended += unreachable(address, kind, id);
    for (var id :
        engine
            .dossiers()
            .unchangedSince(address, Kind.NOTICE, List.of(), now.minus(rules.notices())))
      if (rewriter.rewrite(address, Kind.NOTICE, id, _ -> null)) ended++;
    // What failed half-way goes on at the next tick, not after the pause.
    next.put(address.tenant(), now.plus(PAUSE));
    return ended;
  }

  private int unreachable(Address address, Kind kind, String id) {
    int ended = 0;
    for (var follow : finder.all(address, Kind.FOLLOW, "subject", id))
      if (rewriter.rewrite(address, Kind.FOLLOW, follow.id(), _ -> null)) ended++;
    boolean changed =
        rewriter.rewrite(
            address,
            kind,
            id,
            now -> {
              var without = now;
              for (var field : register.fields(kind, Holds.WHO, Holds.TOKEN, Holds.CONTACT))
                without = without.without(field);
              return without;
            });
    return changed ? ended + 1 : ended;
  }
}
