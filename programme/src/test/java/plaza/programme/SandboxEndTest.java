package plaza.programme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static plaza.programme.ProgrammeCity.struct;

import org.junit.jupiter.api.Test;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.ledger.store.Layer;
import plaza.programme.record.Dossiers;
import plaza.programme.sandbox.SandboxDesk;
import plaza.programme.sandbox.SandboxLimits;
import plaza.testkit.Eventually;

/// A sandbox is gone when its pilot ends, or when its team has no more use for it.
class SandboxEndTest extends ReadyPilot {
  private static final Address SANDBOX = Address.DEFAULT.branch("sandbox.vans.past");

  @Test
  void aSandboxEndsWithItsPilot() {
    start();
    try (var sandboxes = programme.sandboxes(SandboxLimits.DEFAULT)) {
      sandbox(sandboxes);
    }
    move(pmo, pilot, "finish", "{'earlyFinish': 'All is seen.'}");

    try (var sandboxes = programme.sandboxes(SandboxLimits.DEFAULT)) {
      sandboxes.start();
      Eventually.eventually(() -> assertThat(ledger.branches().find(Layer.of(SANDBOX))).isEmpty());
      assertThat(sandboxes.list(pmo, pilot.id())).isEmpty();
    }
  }

  @Test
  void aSandboxThatCannotBeRemovedYetStaysUntilItCan() {
    start();
    try (var sandboxes = programme.sandboxes(SandboxLimits.DEFAULT)) {
      sandbox(sandboxes);
      ledger.fork(Dossiers.PROGRAMME, SANDBOX, "held");
      assertThatThrownBy(() -> sandboxes.discard(builder, pilot.id(), "past"))
          .isInstanceOf(Refusal.Conflict.class);
      ledger.discard(Dossiers.PROGRAMME, Address.DEFAULT.branch("held"));

      sandboxes.discard(builder, pilot.id(), "past");

      assertThat(sandboxes.list(pmo, pilot.id())).isEmpty();
    }
    assertThat(ledger.branches().find(Layer.of(SANDBOX))).isEmpty();
  }

  private void sandbox(SandboxDesk sandboxes) {
    var wish = struct("{'name': 'past', 'from': '2026-06-01T00:00:00Z'}");
    assertThat(sandboxes.open(builder, pilot.id(), wish).members())
        .containsEntry("branch", Value.of(SANDBOX.branch()));
  }
}
