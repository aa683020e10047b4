package plaza.ngsild.query;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;
import plaza.ngsild.represent.Projection;

/// Reads `pick` and `omit` in the projection language of clause 4.21: `name,owner{name,address}`.
public final class ProjectionParser {
  private static final Set<String> OF_ENTITIES =
      Set.of("id", "type", "scope", "createdAt", "modifiedAt", "expiresAt");

  private final String text;
  private final String what;
  private final Context context;
  private int at;

  private ProjectionParser(String text, String what, Context context) {
    this.text = text;
    this.what = what;
    this.context = context;
  }

  /// Names at one level, and those below each that has braces.
  private record Level(Set<String> names, Map<String, Level> below) {
    /// What both say, as when one link is named twice.
    Level and(Level other) {
      var all = new HashSet<>(names);
      all.addAll(other.names);
      var links = new HashMap<>(below);
      other.below.forEach((name, level) -> links.merge(name, level, Level::and));
      return new Level(all, links);
    }
  }

  /// @param links how many links may be followed (clause 5.7.2.4)
  public static Projection parse(
      @Nullable String pick, @Nullable String omit, Context context, int links) {
    if (pick == null && omit == null) return Projection.ALL;
    return projection(
        pick == null ? null : new ProjectionParser(pick, "pick", context).whole(links),
        omit == null ? null : new ProjectionParser(omit, "omit", context).whole(links));
  }

  private static Projection projection(@Nullable Level picked, @Nullable Level omitted) {
    var linked = new HashMap<String, Projection>();
    var through = new HashSet<String>();
    if (picked != null) through.addAll(picked.below.keySet());
    if (omitted != null) through.addAll(omitted.below.keySet());
    for (var name : through) {
      // Where nothing is said of what is linked, the same holds there (clause 5.7.1.5).
      var pickedBelow = picked == null ? null : picked.below.getOrDefault(name, picked);
      linked.put(name, projection(pickedBelow, below(omitted, name)));
    }
    return new Projection(
        picked == null ? null : picked.names, omitted == null ? Set.of() : omitted.names, linked);
  }

  /// What is left out of each entity, and what of those behind one link besides.
  private static @Nullable Level below(@Nullable Level omitted, String name) {
    if (omitted == null) return null;
    var more = omitted.below.get(name);
    if (more == null) return new Level(omitted.names, Map.of());
    var names = new HashSet<>(omitted.names);
    names.addAll(more.names);
    return new Level(names, more.below);
  }

  private Level whole(int links) {
    var level = level(links, links);
    if (at < text.length()) throw wrong();
    return level;
  }

  private Level level(int left, int links) {
    var names = new HashSet<String>();
    var below = new HashMap<String, Level>();
    do term(names, below, left, links);
    while (at < text.length() && ",|".indexOf(text.charAt(at)) >= 0 && ++at > 0);
    return new Level(names, below);
  }

  private void term(Set<String> names, Map<String, Level> below, int left, int links) {
    var name = name();
    if (at == text.length() || text.charAt(at) != '{') {
      names.add(name);
      return;
    }
    if (left == 0)
      throw new Refusal.Invalid(
          links == 0
              ? what
                  + " projects linked entities, which needs their retrieval: join=flat or"
                  + " join=inline"
              : what + " follows more links than joinLevel=" + links + " allows: '" + text + "'");
    at++;
    below.merge(name, level(left - 1, links), Level::and);
    if (at == text.length() || text.charAt(at) != '}') throw wrong();
    at++;
    // What is picked inside of a link needs the link; what is left out inside does not.
    if (what.equals("pick")) names.add(name);
  }

  private String name() {
    int start = at;
    while (at < text.length() && ",|{}".indexOf(text.charAt(at)) < 0) at++;
    var name = text.substring(start, at).strip();
    return OF_ENTITIES.contains(name)
        ? name
        : Members.name(name, what + ": an attribute name", context);
  }

  private Refusal wrong() {
    return new Refusal.Invalid(
        what
            + " should be names such as name,owner{name}, not '"
            + text
            + "' from '"
            + text.substring(at)
            + "' on");
  }
}
