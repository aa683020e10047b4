package plaza.programme.invariant;

import java.time.Instant;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// I13: no pilot is active under an exemption that has ended or was revoked, unless another case
/// took its place. One that is still to begin is for what the pilot will do, and does not stop it.
final class NoPilotWithoutItsExemption extends Invariant {
  NoPilotWithoutItsExemption() {
    super("I13");
  }

  @Override
  void settled(SmallCity city, Records records) {
    for (var pilot : records.in(Kind.PILOT, "ACTIVE"))
      for (var one : records.all(Kind.REGULATORY_CASE, "pilot", pilot.id())) {
        if (!one.is("GRANTED", "EXPIRED", "REVOKED")) continue;
        if (one.is("GRANTED") && city.now.isBefore(one.moment("start"))) continue;
        boolean replaced =
            records.all(Kind.REGULATORY_CASE, "supersedes", one.id()).stream()
                .anyMatch(later -> allows(later, city.now));
        require(
            allows(one, city.now) || replaced,
            "%s is active at %s under %s, %s from %s to %s",
            pilot.id(),
            city.now,
            one.id(),
            one.state(),
            one.findText("start"),
            one.findText("end"));
      }
  }

  private static boolean allows(Dossier one, Instant now) {
    return one.is("NO_RULE", "RULE_CHANGED")
        || (one.is("GRANTED")
            && !now.isBefore(one.moment("start"))
            && now.isBefore(one.moment("end")));
  }
}
