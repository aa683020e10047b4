package plaza.server.settings;

import java.util.List;
import plaza.api.opendata.OpenDataSettings;
import plaza.graph.Refusal;
import plaza.programme.publication.Publisher;

/// What an operator decides about what the city publishes of its programme.
final class PublicationSettings {
  static final Setting<OpenDataSettings.Readers> READERS =
      new Setting<>(
          "open-data.readers",
          Kind.oneOf(OpenDataSettings.Readers.class),
          "everyone",
          "who may read what is published of the programme");
  static final Setting<String> OCID_PREFIX =
      new Setting<>(
          "open-data.ocid-prefix",
          Kind.TEXT,
          Publisher.EXAMPLE_OCID_PREFIX,
          "the prefix of contracting processes, registered for the city");
  static final Setting<String> GIVING_PREFIX =
      new Setting<>(
          "open-data.giving-prefix",
          Kind.TEXT,
          Publisher.EXAMPLE_GIVING_PREFIX,
          "the prefix of grants of money, registered for the city");
  static final Setting<String> LICENCE =
      new Setting<>(
          "open-data.licence",
          Kind.TEXT,
          Publisher.OPEN_LICENCE,
          "the address of the licence of what is published");
  static final Setting<String> LANGUAGE =
      new Setting<>("open-data.language", Kind.TEXT, "en", "the language that the office writes");

  private PublicationSettings() {}

  static List<Setting<?>> all() {
    return List.of(READERS, OCID_PREFIX, GIVING_PREFIX, LICENCE, LANGUAGE);
  }

  static OpenDataSettings of(Configuration from, String publicUrl) {
    var licence = from.get(LICENCE);
    if (!licence.matches("https?://\\S+"))
      throw new Refusal.Invalid("open-data.licence must be the address of a licence: " + licence);
    var settings =
        new OpenDataSettings(
            from.get(READERS),
            from.get(Settings.CITY_NAME),
            publicUrl,
            from.get(OCID_PREFIX),
            from.get(GIVING_PREFIX),
            licence,
            from.get(LANGUAGE));
    settings.publisher(""); // a wrong prefix stops the start, not the first reader
    return settings;
  }
}
