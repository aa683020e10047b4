package plaza.ngsild.source;

import java.util.List;
import plaza.graph.query.Selector;

/// What of a request one element of a registration's information can answer.
///
/// @param information the element
/// @param selectors what to ask the source for; empty for any entity
/// @param attributes expanded names to ask the source for; empty for all it has
public record Part(Information information, List<Selector> selectors, List<String> attributes) {
  public Part {
    selectors = List.copyOf(selectors);
    attributes = List.copyOf(attributes);
  }
}
