package plaza.server.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.programme.privacy.PrivacyRules;

/// What an operator decides about personal data.
final class PrivacySettings {
  static final Setting<String> CONTROLLER =
      new Setting<>(
          "privacy.controller",
          Kind.TEXT,
          "",
          "who is responsible for personal data and how people reach them; the page says it");
  static final Setting<Duration> CONTACT =
      new Setting<>(
          "privacy.contact-for",
          Kind.DURATION,
          "365d",
          "how long after a need or fault has ended its author can be reached");
  static final Setting<Duration> NOTICES =
      new Setting<>("privacy.notices-for", Kind.DURATION, "365d", "how long a notice is kept");

  /// The legal bases of the register, by the names it has for them.
  private static final Map<String, Setting<String>> BASES = bases();

  private PrivacySettings() {}

  private static Map<String, Setting<String>> bases() {
    var bases = new LinkedHashMap<String, Setting<String>>();
    var names =
        Map.of(
            "consent", "consent",
            "publicTask", "public-task",
            "contract", "contract",
            "legalObligation", "legal-obligation");
    names.forEach((name, key) ->
        bases.put(
            name,
            new Setting<>(
                "privacy.basis-" + key,
                Kind.TEXT,
                PrivacyRules.DEFAULT.bases().getOrDefault(name, ""),
                "what the register of personal data says for this legal basis")));
    return Map.copyOf(bases);
  }

  static List<Setting<?>> all() {
    var all = new java.util.ArrayList<Setting<?>>(List.of(CONTROLLER, CONTACT, NOTICES));
    BASES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(basis -> all.add(basis.getValue()));
    return all;
  }

  static PrivacyRules of(Configuration from) {
    var bases = new LinkedHashMap<String, String>();
    BASES.forEach((name, setting) -> bases.put(name, from.get(setting)));
    return new PrivacyRules(from.get(CONTROLLER), bases, from.get(CONTACT), from.get(NOTICES));
  }
}
