package plaza.ngsild.http;

import java.util.ArrayList;
import plaza.graph.Refusal;

/// One page of a result, the way to its neighbours, and how many there are in all (clauses 6.3.10,
/// 6.3.13).
///
/// @param counting whether the caller wants to know how many there are
record Paging(int offset, int limit, boolean counting) {
  private static final int USUAL_LIMIT = 20;

  static Paging of(Call call, int largest) {
    int limit = call.exchange().query("limit", USUAL_LIMIT);
    int offset = call.exchange().query("offset", 0);
    if (limit < 0) throw new Refusal.Invalid("limit must not be negative: " + limit);
    if (offset < 0) throw new Refusal.Invalid("offset must not be negative: " + offset);
    if (limit > largest)
      throw new Problem(
          Problem.Type.TOO_MANY_RESULTS,
          "limit must be at most " + largest + ", not " + limit + "; ask page by page");
    boolean counting = call.flag("count");
    if (limit == 0 && !counting) throw new Refusal.Invalid("limit=0 needs count=true beside it");
    return new Paging(offset, limit, counting);
  }

  /// The beginning of a result that nobody counts.
  static Paging first(int limit) {
    return new Paging(0, limit, false);
  }

  /// Puts into the headers of an answer what it says of its page.
  ///
  /// @param total what is there in all; any number when nobody counts
  void headers(Call call, Media media, long total, boolean more) {
    headers(call, media, total, more, limit);
  }

  /// @param size of a page that may have ended before its limit
  void headers(Call call, Media media, long total, boolean more, int size) {
    if (counting) call.exchange().setHeader("NGSILD-Results-Count", Long.toString(total));
    if (limit == 0) return;
    if (more)
      call.exchange().addHeader("Link", Links.ofPage(url(call, offset + size), "next", media.type));
    if (offset > 0)
      call.exchange()
          .addHeader(
              "Link", Links.ofPage(url(call, Math.max(0, offset - limit)), "prev", media.type));
  }

  private String url(Call call, int newOffset) {
    var parts = new ArrayList<String>();
    for (var part : call.exchange().rawQuery().split("&", -1))
      if (!part.isEmpty() && !part.startsWith("limit=") && !part.startsWith("offset="))
        parts.add(part);
    parts.add("limit=" + limit);
    parts.add("offset=" + newOffset);
    return call.exchange().path() + "?" + String.join("&", parts);
  }
}
