package plaza.programme.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import plaza.graph.Refusal;
import plaza.programme.record.Dossiers.Having;

/// What somebody wants of a list of records.
///
/// @param having fields and the texts they must have; `state` is one
/// @param words each must begin a word of what the record says; of scripts without blanks, each two
///   neighbouring signs must be in it; blank for any
/// @param near only records within a circle; null for anywhere
/// @param offset how many to leave out
/// @param limit 0 to [#MOST]
public record Ask(
    List<Having> having, String words, @Nullable Near near, Order order, int offset, int limit) {
  public static final int MOST = 1_000;

  /// A circle around a place.
  public record Near(Coordinate middle, double meters) {
    public Near {
      if (!(Math.abs(middle.x) <= 180 && Math.abs(middle.y) <= 90))
        throw new Refusal.Invalid(
            "near must be longitude and latitude in degrees, not " + middle.x + "," + middle.y);
      if (!(meters > 0)) throw new Refusal.Invalid("radius must be meters above 0, not " + meters);
    }
  }

  /// In which order records come. Of equals the younger id is first.
  public enum Order {
    NEWEST,
    OLDEST,
    /// Most supporters first.
    SUPPORTED,
    /// By title or name.
    TITLE,
    /// Nearest first; needs a place.
    NEAREST
  }

  public Ask {
    having = List.copyOf(having);
    if (limit < 0 || limit > MOST || offset < 0)
      throw new Refusal.Invalid("limit must be 1 to 1000 and offset not negative");
    if (order == Order.NEAREST && near == null)
      throw new Refusal.Invalid("to sort by distance, send near=longitude,latitude");
  }

  /// The newest records with these field values.
  public static Ask of(List<Having> having, int offset, int limit) {
    return new Ask(having, "", null, Order.NEWEST, offset, limit);
  }
}
