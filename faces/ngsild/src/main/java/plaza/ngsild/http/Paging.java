package plaza.ngsild.http;

import java.util.ArrayList;
import plaza.graph.Refusal;

/// One page of a result and the way to its neighbours (clause 6.3.10).
record Paging(int offset, int limit) {
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
    return new Paging(offset, limit);
  }

  void links(Call call, Media media, boolean more) {
    links(call, media, more, limit);
  }

  /// @param size of a page that may have ended before its limit
  void links(Call call, Media media, boolean more, int size) {
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
