package plaza.programme.privacy;

import java.time.Duration;
import java.util.Map;

/// What a city decides about personal data.
///
/// @param controller who is responsible, and how people reach them
/// @param bases what each legal basis of the register means here: `consent`, `publicTask`,
///   `contract`, `legalObligation`
/// @param contact how long after a need or a fault has ended its author can be reached
/// @param notices how long a notice is kept
public record PrivacyRules(
    String controller, Map<String, String> bases, Duration contact, Duration notices) {
  public static final PrivacyRules DEFAULT =
      new PrivacyRules(
          "",
          Map.of(
              "consent", "Consent (GDPR Article 6(1)(a))",
              "publicTask", "A task in the public interest (GDPR Article 6(1)(e))",
              "contract", "An agreement with the person's organisation (GDPR Article 6(1)(b))",
              "legalObligation", "A legal obligation of the city (GDPR Article 6(1)(c))"),
          Duration.ofDays(365),
          Duration.ofDays(365));

  public PrivacyRules {
    bases = Map.copyOf(bases);
  }
}
