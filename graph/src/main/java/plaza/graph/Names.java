package plaza.graph;

/// The names Plaza itself uses, and what makes a name or identifier well formed.
public final class Names {
  /// NGSI-LD's own vocabulary (clause 4.4: core context).
  public static final String NGSI_LD = "https://uri.etsi.org/ngsi-ld/";

  /// Where names without a context end up.
  public static final String DEFAULT_VOCAB = "https://uri.etsi.org/ngsi-ld/default-context/";

  public static final String LOCATION = NGSI_LD + "location";

  /// Under which an entity's scopes, which are no attribute of it, have their history (clause
  /// 4.5.6).
  public static final String SCOPE = NGSI_LD + "scope";

  /// The sub-attribute in which a Property keeps its `valueType` (clause 4.5.2.2), expanded.
  public static final String VALUE_TYPE = NGSI_LD + "hasValueType";

  /// The sub-attribute in which an instance that another server recorded keeps its `instanceId`
  /// (clause 4.5.7).
  public static final String INSTANCE_ID = NGSI_LD + "instanceId";

  /// The signature of an attribute (clause 5.2.5).
  public static final String NGSI_LD_PROOF = NGSI_LD + "ngsildproof";

  /// The sub-attributes of an `ngsildproof` that say for which entity it was made (clause 5.2.5).
  public static final String ENTITY_ID_SEALED = NGSI_LD + "entityIdSealed";

  public static final String ENTITY_TYPE_SEALED = NGSI_LD + "entityTypeSealed";

  /// NGSI-LD's stand-in for null (clause 4.5.0).
  public static final String NGSI_NULL = "urn:ngsi-ld:null";

  /// Plaza's public vocabulary: types and attributes of the programme.
  public static final String PLAZA = "https://plaza.city/ns#";

  /// Types and attributes under this prefix never leave through a face: people, keys, tokens,
  /// sealed texts, cursors. Only the rooms that own them read them (see [Sight]).
  public static final String PRIVATE = "https://plaza.city/private#";

  /// Under which each pilot has a vocabulary of its own, such as `https://plaza.city/pilots/vans#`.
  /// Entities of such types are the pilot's: only a sight that names the vocabulary, or all of them
  /// by this prefix, shows them (see [plaza.graph.query.Sight]).
  public static final String PILOTS = "https://plaza.city/pilots/";

  private Names() {}

  public static boolean isPilots(String name) {
    return name.startsWith(PILOTS);
  }

  public static boolean isPrivate(String name) {
    return name.startsWith(PRIVATE);
  }

  /// The URI itself, when it is an absolute URI of visible characters.
  ///
  /// @throws Refusal.Invalid otherwise
  public static String uri(String text, String what) {
    int colon = text.indexOf(':');
    boolean good = colon > 0 && colon < text.length() - 1 && isLetter(text.charAt(0));
    for (int i = 1; good && i < text.length(); i++) {
      char c = text.charAt(i);
      good =
          i < colon
              ? isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'
              : c > ' ' && c != 0x7f && "<>\"{}|\\^`".indexOf(c) < 0;
    }
    if (!good)
      throw new Refusal.Invalid(
          what
              + " must be an absolute URI such as urn:ngsi-ld:Type:1, not '"
              + shortened(text)
              + "'");
    if (text.length() > 2048)
      throw new Refusal.Invalid(what + " must have at most 2048 characters: " + shortened(text));
    return text;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "…";
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
