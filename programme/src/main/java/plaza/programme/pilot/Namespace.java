package plaza.programme.pilot;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.access.key.Ground;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// What a pilot, or the service it became, may do with the entities that are the pilot's own.
///
/// @param grantId under which access enforces it
/// @param holder the pilot or the service
/// @param vocabulary of the pilot's types
/// @param writeUntil when writing ends at the latest; null without an end of its own
public record Namespace(
    String grantId, String holder, String vocabulary, Phase phase, @Nullable Instant writeUntil) {
  /// The longest that an evaluation may take before reading ends too.
  public static final Duration EVALUATED_WITHIN = Duration.ofDays(365);

  /// How far it goes now.
  public enum Phase {
    WRITE,
    READ,
    SUSPENDED,
    OVER
  }

  /// Empty when the pilot has none yet.
  public static Optional<Namespace> of(Dossier pilot) {
    return pilot
        .findText("namespace")
        .map(vocabulary ->
            new Namespace(
                grantId(pilot),
                pilot.id(),
                vocabulary,
                phase(pilot),
                pilot.findMoment("endDate").orElse(null)));
  }

  /// What a service does with what was its pilot's; empty when there is nothing, or it has not
  /// begun.
  public static Optional<Namespace> of(Dossier service, Dossier pilot) {
    if (!pilot.is("SCALED") || service.is("DRAFT", "ABANDONED")) return Optional.empty();
    return pilot
        .findText("namespace")
        .map(vocabulary ->
            new Namespace(grantId(service), service.id(), vocabulary, phase(service), null));
  }

  private static String grantId(Dossier holder) {
    return holder.id() + ":namespace";
  }

  private static Phase phase(Dossier holder) {
    boolean pilot = holder.kind() == Kind.PILOT;
    return switch (holder.state()) {
      case "ACTIVE", "LIVE", "RENEWAL_DUE", "SUNSETTING" -> Phase.WRITE;
      case "SUSPENDED" -> Phase.SUSPENDED;
      // The gate may look at what the pilot made, and nobody may touch it up.
      case "EVALUATING" -> pilot ? Phase.READ : Phase.OVER;
      default -> Phase.OVER;
    };
  }

  /// What a new pilot's types begin with.
  static String vocabulary(Dossier pilot) {
    return Ground.of(pilot.id()).vocabulary();
  }
}
