package plaza.ngsild.distribute;

import java.util.regex.Pattern;

/// What a caller is told of a source that did not do as it should (clause 6.3.17).
///
/// @param code 110 stale, 111 invalid, 199 no answer or a loop, 299 refused
public record Warning(int code, String registrationId, String text) {
  private static final Pattern HEADER =
      Pattern.compile("\\s*(110|111|199|299)\\s+(\\S+)\\s+\"((?:[^\"\\\\]|\\\\.)*)\".*");

  /// What a source warns of itself, handed on with its code: what it kept from before is stale here
  /// too.
  static Warning passedOn(String header, String registrationId) {
    var said = HEADER.matcher(header);
    return said.matches()
        ? new Warning(
            Integer.parseInt(said.group(1)),
            registrationId,
            said.group(2) + ": " + said.group(3).replaceAll("\\\\(.)", "$1"))
        : new Warning(199, registrationId, header);
  }

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
