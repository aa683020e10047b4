package plaza.ngsild.represent;

import java.util.Set;

/// How linked entities come with those that link to them (clause 4.5.23).
///
/// @param level how many links are followed; 0 follows none
/// @param containedBy entities somebody met before, which are not given again
public record Join(Manner manner, int level, Set<String> containedBy) {
  /// More links than this are never followed.
  public static final int DEEPEST = 10;

  public static final Join NONE = new Join(Manner.FLAT, 0, Set.of());

  public enum Manner {
    /// Inside the Relationship (clause 4.5.23.2).
    INLINE,
    /// After the linking entities (clause 4.5.23.3).
    FLAT
  }

  public Join {
    containedBy = Set.copyOf(containedBy);
  }

  public boolean isNone() {
    return level == 0;
  }

  public boolean isFlat() {
    return level > 0 && manner == Manner.FLAT;
  }

  public boolean isInline() {
    return level > 0 && manner == Manner.INLINE;
  }
}
