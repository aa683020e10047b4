package plaza.programme.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Link;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I5: who approves did not propose: a challenge, an amended indicator, a gate, an override.
final class ApproversAreNotProposers extends Invariant {
  private static final int QUORUM = 3;

  /// Who wrote a challenge before it was reviewed.
  private final Map<String, Set<String>> writers = new HashMap<>();

  ApproversAreNotProposers() {
    super("I5");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var link : moment.links()) {
      if (link.is(Kind.CHALLENGE, "draft", "submitForReview")
          || (link.is(Kind.CHALLENGE, "amend") && link.from().equals("DRAFT")))
        writers.computeIfAbsent(link.subject(), _ -> new HashSet<>()).add(link.actor());
      if (link.is(Kind.CHALLENGE, "approve")) challenge(city, records, link);
      if (link.is(Kind.PILOT, "amendKpi")) indicators(moment, link);
      if (link.is(Kind.GATE_DECISION, "vote"))
        require(
            !records.get(Kind.GATE_DECISION, link.subject()).text("openedBy").equals(link.actor()),
            "%s, though they opened it",
            link);
    }
    for (var change : moment.changes()) {
      var gate = change.after();
      if (change.is(Kind.GATE_DECISION)
          && gate != null
          && gate.is("DECIDED")
          && (change.before() == null || change.before().is("OPEN")))
        decided(records, moment, gate);
    }
  }

  private void challenge(SmallCity city, Records records, Link link) {
    var sponsor = records.get(Kind.CHALLENGE, link.subject()).texts("sponsor");
    require(
        !writers.getOrDefault(link.subject(), Set.of()).contains(link.actor()),
        "%s, though they wrote it",
        link);
    require(
        city.access.organizations().verifiedOf(link.actor()).stream().noneMatch(sponsor::contains),
        "%s, though they belong to its sponsor",
        link);
  }

  private void indicators(Moment moment, Link link) {
    for (var change : moment.changes())
      if (change.is(Kind.INDICATOR) && change.before() != null)
        require(
            !change.before().texts("amendmentBy").contains(link.actor()),
            "%s, though they proposed it",
            link);
  }

  /// What a gate decided, at least three others voted on, and more than half of them for it. Who
  /// opened it does not set aside what the measurement says either.
  private void decided(Records records, Moment moment, Dossier gate) {
    var voters = new HashSet<Value>();
    for (var vote : gate.items("votes")) voters.add(((Value.Struct) vote).members().get("voter"));
    require(
        voters.size() >= QUORUM
            && !voters.contains(Value.of(gate.text("openedBy")))
            && gate.count("approvals") * 2 > voters.size(),
        "%s (%s) was decided by %s, %s for it",
        gate.id(),
        gate.text("outcome"),
        voters,
        gate.count("approvals"));
    for (var link : moment.links())
      if (link.is(Kind.PILOT, "gateScale") || link.is(Kind.SERVICE, "renew"))
        require(
            !link.actor().equals(gate.text("openedBy")) || !isOverride(records, moment, link),
            "%s with an override, though they opened the gate",
            link);
  }

  /// Whether a step goes against what was measured: a mandatory indicator that was not MET, a rule
  /// of renewal that the use does not meet.
  private static boolean isOverride(Records records, Moment moment, Link link) {
    if (link.is(Kind.PILOT, "gateScale"))
      return records.get(Kind.PILOT, link.subject()).texts("indicators").stream()
          .map(id -> records.get(Kind.INDICATOR, id))
          .filter(one -> member(one, "definition", "mandatory").equals(Value.of(true)))
          .anyMatch(one -> !one.texts("verdict").contains("MET"));
    return moment.changes().stream()
        .filter(change -> change.is(Kind.SERVICE) && change.before() != null)
        .noneMatch(
            change -> member(change.before(), "renewalEvidence", "ruleMet").equals(Value.of(true)));
  }

  private static Value member(Dossier record, String field, String name) {
    return record
        .findStruct(field)
        .map(struct -> struct.members().getOrDefault(name, Value.Null.VALUE))
        .orElse(Value.Null.VALUE);
  }
}
