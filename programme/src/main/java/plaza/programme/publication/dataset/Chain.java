package plaza.programme.publication.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.AuditChain;
import plaza.programme.publication.Archive;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers;
import plaza.programme.record.Dossiers.Having;
import plaza.programme.record.Kind;

/// The audit chain as everybody may have it: of each link what it says openly, and the hash of the
/// one before, so that anybody can recompute it.
///
/// `hash` is the SHA-256 of `previous`, a line feed and the canonical JSON (RFC 8785) of the other
/// members; of links from before the chain was open (they have no `detailsHash`) of their details,
/// which are not public.
public final class Chain {
  /// The order in which tables show them. Links that seal something have `seal` too.
  public static final List<String> COLUMNS =
      List.of(
          "number",
          "at",
          "kind",
          "subject",
          "action",
          "from",
          "to",
          "role",
          "seal",
          "detailsHash",
          "previous",
          "hash");

  private static final List<Kind> OF_CHALLENGE = List.of(Kind.PROPOSAL, Kind.REVIEW, Kind.PILOT);
  private static final List<Kind> OF_PILOT =
      List.of(
          Kind.INDICATOR,
          Kind.DATA_GRANT,
          Kind.BOOKING,
          Kind.REGULATORY_CASE,
          Kind.GATE_DECISION,
          Kind.EVALUATION,
          Kind.FUNDING_ROUND,
          Kind.SERVICE,
          Kind.LESSON);

  private final Address address;
  private final Dossiers dossiers;
  private final Archive archive;
  private final AuditChain chain;

  public Chain(Address address, Dossiers dossiers, Archive archive) {
    this.address = address;
    this.dossiers = dossiers;
    this.archive = archive;
    this.chain = new AuditChain(dossiers);
  }

  /// All links from one on, in their order.
  public void each(long from, Consumer<Map<String, Value>> visitor) {
    long number = Math.max(1, from);
    var previous = before(number);
    for (; ; number++) {
      var link = chain.link(address, number);
      if (link.isEmpty()) return;
      visitor.accept(row(link.get(), previous));
      previous = link.get().findText("hash");
    }
  }

  /// @throws Refusal.NotFound when there is no such public challenge
  public Dossier require(String challengeId) {
    return archive
        .find(Kind.CHALLENGE, challengeId)
        .orElseThrow(() -> new Refusal.NotFound("there is no public challenge " + challengeId));
  }

  /// The links about a challenge and all that came of it, in their order.
  ///
  /// @throws Refusal.NotFound when there is no such public challenge
  public void eachOf(String challengeId, Consumer<Map<String, Value>> visitor) {
    var challenge = require(challengeId);
    var subjects = new LinkedHashSet<String>();
    subjects.add(challenge.id());
    for (var kind : OF_CHALLENGE)
      for (var one :
          dossiers.list(address, kind, List.of(new Having("challenge", challenge.id())))) {
        subjects.add(one.id());
        if (kind == Kind.PILOT)
          for (var part : OF_PILOT)
            for (var its : dossiers.list(address, part, List.of(new Having("pilot", one.id()))))
              subjects.add(its.id());
      }
    var links = new ArrayList<Dossier>();
    for (var subject : subjects) links.addAll(chain.of(address, subject));
    links.stream()
        .sorted(Comparator.comparingLong(link -> link.count("number")))
        .forEach(link -> visitor.accept(row(link, before(link.count("number")))));
  }

  /// The hash of the link before.
  private Optional<String> before(long number) {
    return number == 1
        ? Optional.of(AuditChain.BEGINNING)
        : chain.link(address, number - 1).flatMap(link -> link.findText("hash"));
  }

  private static Map<String, Value> row(Dossier link, Optional<String> previous) {
    var known = new HashMap<String, Value>();
    link.fields()
        .forEach((name, value) -> {
          if (!Kind.TRANSITION_EVENT.isAlwaysSecret(name)) known.put(name, value);
        });
    previous.ifPresent(hash -> known.put("previous", Value.of(hash)));
    var row = new LinkedHashMap<String, Value>();
    for (var column : COLUMNS) {
      var value = known.remove(column);
      if (value != null) row.put(column, value);
    }
    row.putAll(known); // so that what is hashed is never left out
    return row;
  }
}
