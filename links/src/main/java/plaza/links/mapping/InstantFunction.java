package plaza.links.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// `instant(text, pattern, zone)`: a local date-time as islands write it, as an `observedAt`.
/// JSLT's own time functions know no zones.
final class InstantFunction implements Function {
  @Override
  public String getName() {
    return "instant";
  }

  @Override
  public int getMinArguments() {
    return 3;
  }

  @Override
  public int getMaxArguments() {
    return 3;
  }

  @Override
  public JsonNode call(JsonNode input, JsonNode[] arguments) {
    var text = arguments[0].asText();
    var pattern = arguments[1].asText();
    try {
      var local = LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
      var instant = local.atZone(ZoneId.of(arguments[2].asText())).toInstant();
      return new TextNode(instant.toString());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new JsltException("'" + text + "' is no local date-time of the form " + pattern);
    }
  }
}
