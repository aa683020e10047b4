package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.List;

/// Long lists of ids, cut so that each piece is what every broker lets ask for at once and fits
/// into a URL.
final class Pieces {
  private static final int IDS = 100;
  private static final int CHARACTERS = 4_000;

  private Pieces() {}

  static List<List<String>> of(List<String> ids) {
    var pieces = new ArrayList<List<String>>();
    int from = 0;
    int characters = 0;
    for (int at = 0; at < ids.size(); at++) {
      int more = SourceRequest.encoded(ids.get(at)).length() + 1;
      if (at > from && (at - from == IDS || characters + more > CHARACTERS)) {
        pieces.add(ids.subList(from, at));
        from = at;
        characters = 0;
      }
      characters += more;
    }
    if (from < ids.size()) pieces.add(ids.subList(from, ids.size()));
    return pieces;
  }
}
