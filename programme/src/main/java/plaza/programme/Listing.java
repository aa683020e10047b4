package plaza.programme;

import java.util.List;
import plaza.graph.Value;

/// One page of a list of records.
///
/// @param records as the caller sees them
/// @param total how many there are on all pages for this caller
public record Listing(List<Value.Struct> records, long total) {
  public Listing {
    records = List.copyOf(records);
  }
}
