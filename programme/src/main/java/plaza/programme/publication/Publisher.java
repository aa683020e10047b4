package plaza.programme.publication;

import plaza.graph.Refusal;

/// Who publishes, and under which names.
///
/// @param name of the city
/// @param root where the server is reached, without a slash at the end
/// @param ocidPrefix as registered with the Open Contracting Partnership
/// @param givingPrefix as registered with 360Giving
/// @param licence URI of the licence of what is published
/// @param language BCP 47, of what the office writes
public record Publisher(
    String name,
    String root,
    String ocidPrefix,
    String givingPrefix,
    String licence,
    String language) {
  /// The prefix that the OCDS documentation uses in its examples: register your own.
  public static final String EXAMPLE_OCID_PREFIX = "ocds-213czf";

  public static final String EXAMPLE_GIVING_PREFIX = "360G-plaza";
  public static final String OPEN_LICENCE = "https://creativecommons.org/licenses/by/4.0/";

  public Publisher {
    if (!ocidPrefix.matches("ocds-[a-z0-9]{6}"))
      throw new Refusal.Invalid(
          "an OCID prefix is ocds- and six letters or digits, such as "
              + EXAMPLE_OCID_PREFIX
              + ", not '"
              + ocidPrefix
              + "'");
    if (!givingPrefix.matches("360G-[A-Za-z0-9_]{2,40}"))
      throw new Refusal.Invalid(
          "a 360Giving prefix is 360G- and letters or digits, such as "
              + EXAMPLE_GIVING_PREFIX
              + ", not '"
              + givingPrefix
              + "'");
  }

  /// The same, reached at another address.
  public Publisher at(String otherRoot) {
    return new Publisher(name, otherRoot, ocidPrefix, givingPrefix, licence, language);
  }

  /// The address of a page or document of this server.
  public String url(String path) {
    return root + path;
  }

  /// The page of a record.
  ///
  /// @param collection as in `/records/challenges`
  public String record(String collection, String id) {
    return url("/records/" + collection + "/" + local(id));
  }

  /// The last part of a record's id.
  public static String local(String id) {
    return id.substring(id.lastIndexOf(':') + 1);
  }
}
