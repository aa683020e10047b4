package plaza.programme.directory;

import java.util.List;
import java.util.Set;
import plaza.graph.Value;
import plaza.programme.record.Dossier;
import plaza.programme.record.Dossiers.Having;

/// Which records of a kind somebody sees whole, beyond what everybody sees.
///
/// @param whole all of them
/// @param ties otherwise those with one of these values; the field `id` is the record itself
public record Clearance(boolean whole, Set<Having> ties) {
  public static final Clearance WHOLE = new Clearance(true, Set.of());
  public static final Clearance NONE = new Clearance(false, Set.of());

  public Clearance {
    ties = Set.copyOf(ties);
  }

  public boolean covers(Dossier record) {
    return whole
        || ties.stream()
            .anyMatch(tie ->
                tie.field().equals("id")
                    ? record.id().equals(tie.text())
                    : texts(record, tie.field()).contains(tie.text()));
  }

  /// The texts of a field, or, of `novation.to`, of a member of one.
  static List<String> texts(Dossier record, String field) {
    int dot = field.indexOf('.');
    if (dot < 0) return record.texts(field);
    return record
        .findStruct(field.substring(0, dot))
        .map(struct -> struct.members().get(field.substring(dot + 1)))
        .filter(Value.Text.class::isInstance)
        .map(value -> List.of(((Value.Text) value).text()))
        .orElse(List.of());
  }

  /// Whether a field, or the field it is a member of, is kept from the public.
  static boolean isSecret(Dossier record, String field) {
    int dot = field.indexOf('.');
    return record.kind().isSecret(dot < 0 ? field : field.substring(0, dot), record.state());
  }
}
