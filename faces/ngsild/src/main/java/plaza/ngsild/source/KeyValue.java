package plaza.ngsild.source;

/// What a source wants to be told when it is contacted (clause 5.2.22).
public record KeyValue(String key, String value) {
  /// Stands for the value the triggering request has under the key (clause 4.3.6.5).
  public static final String FROM_REQUEST = "urn:ngsi-ld:request";

  @Override
  public String toString() {
    // It may be a secret.
    return key;
  }
}
