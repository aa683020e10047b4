package plaza.bench.world;

import java.util.List;
import java.util.Map;

/// What stands in a world that was written, as far as a load needs to know it.
///
/// @param keys API keys by role: `pmo`, `moderator`, `departmentOfficer`, `resident`
/// @param published ids of needs that others can support
/// @param submitted ids of needs that wait for a moderator
/// @param pilots ids of pilots in preparation, which can be changed
/// @param department id of a department that can acknowledge
/// @param entities how many were written
public record World(
    Map<String, String> keys,
    List<String> published,
    List<String> submitted,
    List<String> pilots,
    String department,
    long entities,
    double seconds) {
  public World {
    keys = Map.copyOf(keys);
    published = List.copyOf(published);
    submitted = List.copyOf(submitted);
    pilots = List.copyOf(pilots);
  }

  /// How large a world is.
  public record Size(int needs, int supports, int pilots, int organisations) {
    public static final Size WHOLE = new Size(200_000, 1_000_000, 500, 5_000);
    public static final Size QUICK = new Size(5_000, 20_000, 100, 200);
  }
}
