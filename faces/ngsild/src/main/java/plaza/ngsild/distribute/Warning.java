package plaza.ngsild.distribute;

/// What a caller is told of a source that did not do as it should (clause 6.3.17).
///
/// @param code 110 stale, 111 invalid, 199 no answer or a loop, 299 refused
public record Warning(int code, String registrationId, String text) {
  /// As a value of the header `NGSILD-Warning` (RFC 7234 §5.5).
  public String header(String agent) {
    var said = registrationId.isEmpty() ? text : registrationId + ": " + text;
    var quoted = new StringBuilder().append(code).append(' ').append(agent).append(" \"");
    for (int i = 0; i < said.length() && i < 500; i++) {
      char c = said.charAt(i);
      if (c == '"' || c == '\\') quoted.append('\\');
      quoted.append(c < ' ' || c > '~' ? '?' : c);
    }
    return quoted.append('"').toString();
  }
}
