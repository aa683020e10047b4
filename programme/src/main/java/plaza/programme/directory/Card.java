package plaza.programme.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import plaza.graph.GeoJson;
import plaza.programme.record.Dossier;

/// What the directory keeps of one record.
///
/// @param number its place in the drawer, which it keeps
/// @param name the beginning of its title, for sorting
/// @param said a hash of the words it is found by
/// @param facets numbers of its field values; those of hidden fields are negative, less one
/// @param due when time may move it, in milliseconds; [Long#MAX_VALUE] for never
@SuppressWarnings("ArrayRecordComponent") // compact; never compared
record Card(
    int number,
    String id,
    String state,
    boolean concealed,
    String name,
    int said,
    long created,
    int supporters,
    @Nullable Coordinate place,
    int[] facets,
    long due) {
  private static final int NAME = 24;

  /// The organisation that a pilot is offered to: a member of a field.
  private static final String OFFERED_TO = "novation.to";

  /// Fields that many records have the same value of. By others records are found in the store.
  static final Set<String> SHARED =
      Set.of(
          "field",
          "language",
          "origin",
          "identity",
          "department",
          "sponsor",
          "organisation",
          "partners",
          "operator",
          "organiser",
          "owner",
          "challenge",
          "cluster",
          "clusters",
          "proposal",
          "pilot",
          "service",
          "round",
          "indicator",
          "place",
          "within",
          "kind",
          "reviewer",
          "panel",
          "holder",
          "competentAuthority",
          "currency",
          "financeType",
          "theme",
          "tags",
          "outcome",
          "route",
          "verdict",
          "status",
          "package",
          "exploration",
          "category",
          OFFERED_TO);

  private static final List<String> SAYING =
      List.of(
          "title",
          "name",
          "summary",
          "description",
          "statement",
          "what",
          "theme",
          "areaName",
          "address",
          "fact",
          "tags");

  private static final int MOST_SAID = 2_000;

  /// What a record says, as far as it is looked through for words.
  static String textOf(Dossier record) {
    var said = new StringBuilder();
    for (var field : SAYING) {
      if (record.kind().isAlwaysSecret(field)) continue;
      for (var text : record.texts(field)) said.append(text).append('\n');
    }
    return said.length() <= MOST_SAID ? said.toString() : said.substring(0, MOST_SAID);
  }

  static String nameOf(Dossier record) {
    for (var field : List.of("title", "name", "areaName", "what"))
      for (var text : record.texts(field)) {
        var name = text.strip().toLowerCase(Locale.ROOT);
        return name.length() <= NAME ? name : name.substring(0, NAME);
      }
    return "";
  }

  static @Nullable Coordinate placeOf(Dossier record) {
    return record
        .findStruct("location")
        .map(GeoJson::geometry)
        .map(shape -> shape.isEmpty() ? null : shape.getInteriorPoint().getCoordinate())
        .orElse(null);
  }

  static long createdOf(Dossier record) {
    var at = record.createdAt() == null ? Instant.EPOCH : record.createdAt();
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  /// Its field values with whether they are hidden.
  static List<Value> valuesOf(Dossier record) {
    var values = new ArrayList<Value>();
    for (var field : record.fields().keySet())
      if (SHARED.contains(field))
        for (var text : record.texts(field))
          values.add(new Value(field, text, record.kind().isSecret(field, record.state())));
    return values;
  }

  record Value(String field, String text, boolean hidden) {}
}
