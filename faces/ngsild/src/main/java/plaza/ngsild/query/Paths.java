package plaza.ngsild.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.query.Path;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;

/// Attribute paths of queries: short names joined by dots, or one full IRI.
public final class Paths {
  private static final Set<String> OF_ENTITIES =
      Set.of("id", "type", "createdAt", "modifiedAt", "expiresAt");
  private static final Set<String> OF_ATTRIBUTES =
      Set.of("observedAt", "createdAt", "modifiedAt", "expiresAt", "unitCode", "datasetId");

  private Paths() {}

  static Path path(String names, List<String> trail, Context context) {
    var parts =
        names.contains("://") || names.startsWith("urn:")
            ? new String[] {names}
            : names.split("\\.", -1);
    var subs = new ArrayList<String>();
    for (int i = 1; i < parts.length; i++)
      subs.add(
          OF_ATTRIBUTES.contains(parts[i])
              ? parts[i]
              : Members.name(parts[i], "a sub-attribute name", context));
    var first = parts[0];
    return new Path(
        OF_ENTITIES.contains(first) ? first : Members.name(first, "an attribute name", context),
        subs,
        trail);
  }

  /// A name of `orderBy`: `address[city]`, `name.observedAt`, `scope` (clause 4.23.3).
  public static Path ordering(String text, Context context) {
    if (text.equals("scope")) return Path.of(text);
    int open = text.indexOf('[');
    if (open < 0) return path(text, List.of(), context);
    if (!text.endsWith("]") || text.length() == open + 2)
      throw new Refusal.Invalid("orderBy: '" + text + "' should be like address[city]");
    return path(
        text.substring(0, open),
        List.of(text.substring(open + 1, text.length() - 1).split("\\.", -1)),
        context);
  }

  /// Clause 5.7.2.4: whether a path is of an attribute rather than of the system.
  static boolean isOfAttribute(Path path) {
    return !OF_ENTITIES.contains(path.attribute());
  }

  /// @param attribute its expanded name
  static boolean isOfAttribute(String attribute) {
    return !attribute.startsWith(Names.NGSI_LD)
        || !OF_ENTITIES.contains(attribute.substring(Names.NGSI_LD.length()));
  }
}
