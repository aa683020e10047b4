package plaza.ngsild.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The media types of answers, in the order of preference of clause 6.3.4.
enum Media {
  JSON("application/json"),
  LD_JSON("application/ld+json"),
  GEO_JSON("application/geo+json");

  final String type;

  Media(String type) {
    this.type = type;
  }

  /// What suits an Accept header best; empty when nothing does.
  static Optional<Media> accepted(String accept, List<Media> offered) {
    Media best = null;
    double bestQuality = 0;
    for (var media : offered) {
      double quality = quality(accept, media);
      if (quality > bestQuality) {
        best = media;
        bestQuality = quality;
      }
    }
    return Optional.ofNullable(best);
  }

  /// The weight of the most specific range that covers the type (RFC 9110 §12.5.1).
  private static double quality(String accept, Media media) {
    double quality = 0;
    int specificity = -1;
    for (var range : accept.split(",", -1)) {
      var pieces = range.split(";", -1);
      var name = pieces[0].strip().toLowerCase(Locale.ROOT);
      int found =
          name.equals(media.type)
              ? 2
              : name.equals("application/*") ? 1 : name.equals("*/*") ? 0 : -1;
      if (found <= specificity) continue;
      specificity = found;
      quality = weight(pieces);
    }
    return quality;
  }

  private static double weight(String[] pieces) {
    for (int i = 1; i < pieces.length; i++) {
      var piece = pieces[i].strip();
      if (piece.regionMatches(true, 0, "q=", 0, 2))
        try {
          return Double.parseDouble(piece.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
    }
    return 1;
  }
}
