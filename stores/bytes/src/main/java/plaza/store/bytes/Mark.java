package plaza.store.bytes;

import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Value;
import plaza.ledger.store.Erasure;
import plaza.ledger.store.Position;
import plaza.ledger.store.Recorded;

/// That something was erased, without what it said: in a branch, to hide it where the parent still
/// has it; on a main branch, so that `verify` does not miss what older feed entries tell of.
///
/// @param at the commit that erased
public record Mark(long at, Erasure erasure, boolean corrects) {
  private static final int EVOLUTION = 0;
  private static final int INSTANCES = 1;
  private static final int INSTANCE = 2;
  private static final int CORRECTED = 3;
  private static final int NONE = 0;
  private static final int DEFAULT = 1;
  private static final int NAMED = 2;

  public boolean isEvolution() {
    return erasure instanceof Erasure.Evolution;
  }

  /// Whether something the feed told of is not in the history any more, or never was: a commit that
  /// erases records nothing.
  public boolean explains(Recorded told) {
    long position = told.position().number();
    return at == position || (at > position && !corrects && erasure.covers(told));
  }

  /// Whether it put right what the feed told of.
  boolean correctedIt(Recorded told) {
    return corrects && at > told.position().number() && erasure.covers(told);
  }

  /// Whether only some instances of an attribute were erased, by their dataset.
  boolean isOfADataset(String attribute) {
    return erasure instanceof Erasure.Instances(var name, _, boolean all)
        && !all
        && name.equals(attribute);
  }

  public static byte[] bytes(Dictionary names, Erasure erasure) {
    var out = new ByteWriter(24);
    switch (erasure) {
      case Erasure.Evolution _ -> out.u8(EVOLUTION);
      case Erasure.Instances(var attribute, var datasetId, boolean all) -> {
        out.u8(INSTANCES).varint(names.number(attribute));
        out.u8(all ? NONE : datasetId == null ? DEFAULT : NAMED);
        if (!all && datasetId != null) out.text(datasetId);
      }
      case Erasure.Instance(var old, var corrected) ->
          out.u8(corrected == null ? INSTANCE : CORRECTED)
              .varint(old.position().number())
              .varint(old.index());
    }
    return out.toBytes();
  }

  public static Mark read(Dictionary names, long at, byte[] bytes) {
    var in = new ByteReader(bytes);
    int kind = in.u8();
    return switch (kind) {
      case EVOLUTION -> new Mark(at, new Erasure.Evolution(), false);
      case INSTANCES -> {
        var name = names.name(in.count());
        int which = in.u8();
        yield new Mark(
            at,
            new Erasure.Instances(name, which == NAMED ? in.text() : null, which == NONE),
            false);
      }
      case INSTANCE, CORRECTED ->
          new Mark(
              at, new Erasure.Instance(place(in.varint(), in.count()), null), kind == CORRECTED);
      default -> throw new Corrupt("nothing was erased in the way " + kind);
    };
  }

  /// What it said is gone.
  private static Recorded place(long position, int index) {
    var nothing = Attribute.of("", new Content.Property(new Value.Null()));
    return new Recorded(nothing, new Position(position), index);
  }
}
