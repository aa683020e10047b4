package plaza.portal.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import plaza.graph.Refusal;

/// Which page of a list is shown, and where the others are.
///
/// @param page from 1
/// @param size records on a page
/// @param total records on all pages
/// @param path of the list, with its filters and a `?`
public record Paging(int page, int size, long total, String path) {
  private static final int MOST = 1_000_000;

  /// The page that an address asks for, from 1.
  public static int asked(int page) {
    if (page < 1 || page > MOST) throw new Refusal.Invalid("page must be 1 or more, not " + page);
    return page;
  }

  /// @param filters that hold on all pages; empty ones are left out
  public static Paging of(
      String path, Map<String, String> filters, int page, int size, long total) {
    var address = new StringBuilder(path).append('?');
    filters.forEach((name, value) -> {
      if (!value.isEmpty())
        address.append(encoded(name)).append('=').append(encoded(value)).append('&');
    });
    return new Paging(page, size, total, address.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// How many records come before a page.
  public static int offset(int page, int size) {
    return (page - 1) * size;
  }

  public long pages() {
    return Math.max(1, (total + size - 1) / size);
  }

  public boolean hasBefore() {
    return page > 1;
  }

  public boolean hasAfter() {
    return page < pages();
  }

  public String before() {
    return path + "page=" + Math.min(page - 1, pages());
  }

  public String after() {
    return path + "page=" + (page + 1);
  }

  /// Such as `1–50 of 1,204 needs`.
  public String told(String one, String many) {
    if (total == 0) return "No " + many;
    if (total == 1) return "1 " + one;
    if (total <= size) return "%,d %s".formatted(total, many);
    long first = Math.min(total, (long) (page - 1) * size + 1);
    return "%,d–%,d of %,d %s".formatted(first, Math.min(total, (long) page * size), total, many);
  }
}
