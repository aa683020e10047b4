package plaza.programme.directory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/// Numbers of cards in the order of age. Most cards come in that order, and then their numbers are
/// it; those that were there at the start come in the order of their ids and are ranked once.
final class Ages {
  /// All numbers are in the order of age.
  static final Ages GROWN = new Ages(new int[0], new int[0]);

  private static final Comparator<Card> BY_AGE =
      Comparator.comparingLong(Card::created).thenComparing(Card::id);

  private final int[] rankOf;
  private final int[] numberAt;

  private Ages(int[] rankOf, int[] numberAt) {
    this.rankOf = rankOf;
    this.numberAt = numberAt;
  }

  /// Ranks all that there are; what is added later must be younger than all of them.
  static Ages of(List<@Nullable Card> cards) {
    var sorted = cards.stream().filter(Objects::nonNull).toArray(Card[]::new);
    Arrays.sort(sorted, BY_AGE);
    var rankOf = new int[cards.size()];
    var numberAt = new int[sorted.length];
    for (int rank = 0; rank < sorted.length; rank++) {
      numberAt[rank] = sorted[rank].number();
      rankOf[numberAt[rank]] = rank;
    }
    return new Ages(rankOf, numberAt);
  }

  static boolean isYounger(Card card, Card other) {
    return BY_AGE.compare(card, other) > 0;
  }

  /// Some of the numbers in the order of age.
  int[] page(RoaringBitmap found, int offset, int limit, boolean newestFirst) {
    int total = found.getCardinality();
    int ranked = rankOf.length == 0 ? 0 : (int) found.rankLong(rankOf.length - 1);
    var ranks = new long[(numberAt.length + 63) / 64];
    if (ranked > 0)
      found.forEach(
          (IntConsumer)
              number -> {
                if (number < rankOf.length)
                  ranks[rankOf[number] >> 6] |= 1L << (rankOf[number] & 63);
              });
    var before = new int[ranks.length + 1];
    for (int i = 0; i < ranks.length; i++) before[i + 1] = before[i] + Long.bitCount(ranks[i]);
    var page = new int[limit];
    for (int i = 0; i < limit; i++) {
      int place = newestFirst ? total - 1 - offset - i : offset + i;
      // What was added since has the highest numbers.
      page[i] = place >= ranked ? found.select(place) : numberAt[select(ranks, before, place)];
    }
    return page;
  }

  private static int select(long[] bits, int[] before, int place) {
    int word = Arrays.binarySearch(before, place);
    if (word < 0) word = -word - 2;
    // Of words without bits that come before the one that is meant, the search may find any.
    while (Long.bitCount(bits[word]) == 0) word++;
    long left = bits[word];
    for (int i = before[word]; i < place; i++) left &= left - 1;
    return word * 64 + Long.numberOfTrailingZeros(left);
  }
}
