package plaza.graph;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where in the one graph: a tenant, a branch of it and a moment.
///
/// @param tenant [#DEFAULT_TENANT] or a name of letters, digits, `_`, `-`, `.` and `:`
/// @param branch [#MAIN] is the city as it is; any other is a what-if
/// @param at the moment to read as of; null for now. Writes go to now only.
public record Address(String tenant, String branch, @Nullable Instant at) {
  public static final String DEFAULT_TENANT = "default";
  public static final String MAIN = "main";

  /// The tenant of what belongs to the installation: people, keys, links. No face opens it.
  public static final String SYSTEM_TENANT = "_plaza";

  public static final Address DEFAULT = new Address(DEFAULT_TENANT, MAIN, null);
  public static final Address SYSTEM = new Address(SYSTEM_TENANT, MAIN, null);

  public Address {
    requireName(tenant, "tenant");
    requireName(branch, "branch");
  }

  public static Address tenant(String tenant) {
    return new Address(tenant, MAIN, null);
  }

  public Address branch(String name) {
    return new Address(tenant, name, at);
  }

  public Address at(@Nullable Instant moment) {
    return new Address(tenant, branch, moment);
  }

  public boolean isMain() {
    return branch.equals(MAIN);
  }

  private static void requireName(String name, String what) {
    boolean good = !name.isEmpty() && name.length() <= 64;
    for (int i = 0; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_-.:".indexOf(c) >= 0;
    }
    if (!good)
      throw new Refusal.Invalid(
          "a "
              + what
              + " name has 1 to 64 letters, digits, '_', '-', '.' or ':', not '"
              + (name.length() > 80 ? name.substring(0, 77) + "…" : name)
              + "'");
  }
}
