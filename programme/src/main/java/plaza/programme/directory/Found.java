package plaza.programme.directory;

import java.util.List;

/// One page of a list.
///
/// @param total how many there are on all pages
public record Found(List<String> ids, long total) {
  public Found {
    ids = List.copyOf(ids);
  }
}
