package plaza.programme.invariant;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.invariant.Records.Changed;
import plaza.programme.invariant.Records.Moment;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I2: nobody reads the body of a proposal before its call has closed, and who kept the receipt can
/// show that nobody changed it.
///
/// Every body holds a word that is written nowhere else, so that it is found wherever it leaks.
final class BodiesStaySealed extends Invariant {
  static final String WORD = "SEALED-";
  private final Set<String> touched = new LinkedHashSet<>();

  BodiesStaySealed() {
    super("I2");
  }

  @Override
  void happened(SmallCity city, Records records, Moment moment) {
    for (var change : moment.changes()) {
      if (change.raw() != null) published(change.raw());
      if (change.is(Kind.PROPOSAL)) {
        sealed(change);
        touched.add(record(change).id());
      }
      if (change.is(Kind.CHALLENGE))
        for (var one : records.all(Kind.PROPOSAL, "challenge", record(change).id()))
          touched.add(one.id());
    }
  }

  private static Dossier record(Changed change) {
    var after = change.after();
    if (after != null) return after;
    throw new AssertionError("records are not deleted: " + change.before());
  }

  /// What lies under public names is what every face may show.
  private void published(Entity raw) {
    for (var attribute : raw.attributes())
      if (!Names.isPrivate(attribute.name()))
        require(
            !attribute.toString().contains(WORD),
            "%s shows %s in public: %s",
            raw.id(),
            attribute.name(),
            attribute);
  }

  private void sealed(Changed change) {
    var before = change.before();
    var after = change.after();
    if (before == null || after == null || before.is("DRAFT")) return;
    require(
        after.is("DRAFT") || before.find("body").equals(after.find("body")),
        "%s was changed while it was %s",
        after.id(),
        before.state());
    require(
        after.is("DRAFT") || before.find("sealHash").equals(after.find("sealHash")),
        "the receipt of %s was changed while it was %s",
        after.id(),
        before.state());
  }

  @Override
  void settled(SmallCity city, Records records) {
    for (var id : touched) {
      var proposal = records.get(Kind.PROPOSAL, id);
      boolean unsealed =
          records.find(Kind.CHALLENGE, proposal.text("challenge")).stream()
              .anyMatch(call -> call.has("unsealedAt") && !call.is("SCHEDULED", "OPEN"));
      if (unsealed) receipt(city, proposal);
      else for (var someone : city.callers.values()) unread(city, proposal, someone);
    }
    touched.clear();
  }

  /// Its own people see what they are still writing; everybody else, and everybody once it is
  /// sealed, sees nothing of it.
  private void unread(SmallCity city, Dossier proposal, Caller someone) {
    boolean writes =
        proposal.is("DRAFT")
            && city.members(proposal.texts("organisation")).stream()
                .anyMatch(one -> one.id().equals(someone.id()));
    if (writes) return;
    var seen = new ArrayList<Value>(city.programme.events(someone, proposal.id()));
    try {
      seen.add(city.programme.view(someone, Kind.PROPOSAL, proposal.id()));
    } catch (Refusal.NotFound hidden) {
      looked();
    }
    seen.addAll(
        city.programme.list(someone, Kind.PROPOSAL, List.of(), 0, 100).stream()
            .filter(one -> Value.of(proposal.id()).equals(one.members().get("id")))
            .toList());
    for (var one : seen)
      require(
          !one.toString().contains(WORD),
          "%s reads the body of %s (%s)",
          someone.id(),
          proposal.id(),
          proposal.state());
  }

  /// The receipt is SHA-256 over the nonce and the canonical body, computed here anew.
  private void receipt(SmallCity city, Dossier proposal) {
    var kept = city.receipts.getOrDefault(proposal.id(), Map.of());
    if (!(kept.get("nonce") instanceof Value.Text(var nonce))) return;
    // Who took it back and submitted it anew, and then heard nothing, has no receipt of that.
    if (!proposal.find("sealHash").equals(Optional.ofNullable(kept.get("receipt")))) return;
    var body = proposal.findStruct("body").orElse(Value.Struct.EMPTY);
    require(
        proposal.has("body")
            && Value.of(Canonical.hash(nonce + "\n" + Canonical.text(body)))
                .equals(kept.get("receipt")),
        "%s is not what its receipt says",
        proposal.id());
  }
}
