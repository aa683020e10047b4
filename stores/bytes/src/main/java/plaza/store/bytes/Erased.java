package plaza.store.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;

/// What was erased of main branches, to be taken out of what the feed tells of the time before.
public final class Erased {
  private final FeedCodec codec;
  private final long after;
  private final long upTo;
  private final List<One> all = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record One(Layer layer, String id, byte[] bytes, long at, Erasure erasure) {}

  /// What was erased after a position, up to another.
  public Erased(FeedCodec codec, long after, long upTo) {
    this.codec = codec;
    this.after = after;
    this.upTo = upTo;
  }

  /// @param marks of a main branch, by entity
  public void add(Layer layer, Map<String, List<Mark>> marks) {
    marks.forEach((id, those) -> {
      for (var mark : those)
        if (mark.at() > after && mark.at() <= upTo && !(mark.erasure() instanceof Erasure.Instance))
          all.add(new One(layer, id, id.getBytes(UTF_8), mark.at(), mark.erasure()));
    });
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /// No later entry tells of it.
  public long last() {
    return all.stream().mapToLong(One::at).max().orElse(0);
  }

  /// A feed entry without what was erased; null when it tells nothing of it. Of most entries it
  /// looks at the bytes only.
  public byte @Nullable [] scrubbed(long position, byte[] value) {
    FeedEntry entry = null;
    FeedEntry before = null;
    for (var one : all) {
      if (position > one.at || !holds(value, one.bytes)) continue;
      if (entry == null) {
        entry = codec.read(position, value);
        before = entry;
      }
      if (entry.layer().equals(one.layer)) entry = entry.without(one.id, one.erasure);
    }
    return entry == null || entry.equals(before) ? null : codec.bytes(entry);
  }

  private static boolean holds(byte[] value, byte[] wanted) {
    for (int i = 0; i + wanted.length <= value.length; i++) {
      int k = 0;
      while (k < wanted.length && value[i + k] == wanted[k]) k++;
      if (k == wanted.length) return true;
    }
    return false;
  }
}
