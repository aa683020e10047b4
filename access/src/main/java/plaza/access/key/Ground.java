package plaza.access.key;

import org.jspecify.annotations.Nullable;
import plaza.access.secret.Secrets;
import plaza.graph.Address;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// What is a pilot's own by its name: the vocabulary of its entity types, the ids of its entities,
/// and the branches that are its sandboxes.
///
/// Both type and id of an entity say whose it is: by the type it is kept apart from the city's
/// wherever somebody asks for types; by the id it takes none that the city may want.
///
/// @param slug the last part of the pilot's id
public record Ground(String slug) {
  private static final String SANDBOX = "sandbox.";
  private static final int LONGEST_LABEL = 40;

  /// @param pilotId `urn:ngsi-ld:Pilot:<slug>`
  public static Ground of(String pilotId) {
    return new Ground(pilotId.substring(pilotId.lastIndexOf(':') + 1));
  }

  /// Whose a vocabulary is; null when it is no pilot's.
  public static @Nullable Ground ofVocabulary(@Nullable String namespace) {
    return namespace != null && Names.isPilots(namespace) && namespace.endsWith("#")
        ? new Ground(namespace.substring(Names.PILOTS.length(), namespace.length() - 1))
        : null;
  }

  public String vocabulary() {
    return Names.PILOTS + slug + "#";
  }

  /// A sentence that says what may be written.
  public String words() {
    return "a pilot writes only what is its own: entities whose types begin with "
        + vocabulary()
        + " and whose ids are urn:ngsi-ld:<Type>:"
        + slug
        + ":<any name>";
  }

  /// The branch of a sandbox.
  ///
  /// @param name letters, digits and hyphens, at most 12
  public String sandbox(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,12}"))
      throw new Refusal.Invalid(
          "a sandbox's name has 1 to 12 letters, digits and hyphens, not '" + name + "'");
    return prefix() + name;
  }

  /// Whether a branch is a sandbox of this pilot.
  public boolean holds(String branch) {
    return branch.startsWith(prefix());
  }

  /// Whether a branch is a sandbox of any pilot. Nobody else may make branches of such names.
  public static boolean isSandbox(Address address) {
    return isSandbox(address.branch());
  }

  public static boolean isSandbox(String branch) {
    return branch.startsWith(SANDBOX);
  }

  // A branch's name has 64 characters at most, a slug may have 60.
  private String prefix() {
    var label =
        slug.length() <= LONGEST_LABEL
            ? slug
            : slug.substring(0, LONGEST_LABEL - 9) + "-" + Secrets.hash(slug).substring(0, 8);
    return SANDBOX + label + ".";
  }
}
