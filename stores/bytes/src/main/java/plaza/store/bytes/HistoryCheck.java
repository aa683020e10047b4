package plaza.store.bytes;

import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.ledger.store.Recorded;
import plaza.ledger.store.Slot;

/// Checks that what entities say now was recorded when they said it, and counts what each commit
/// recorded. Of main branches only: in others their parents may have recorded it.
public final class HistoryCheck {
  private final Books books;
  private final HistoryCodec codec;
  private final Heads heads;
  private final Faults faults;
  private final Fingerprints said = new Fingerprints();
  private final long start;
  private final int[] recorded;

  /// The bytes that an engine knows the history of an attribute of an entity by.
  @FunctionalInterface
  public interface Heads {
    byte[] of(int layer, int attribute, String id);
  }

  /// For a feed that stays as it is.
  public HistoryCheck(Books books, HistoryCodec codec, Heads heads, Faults faults) {
    this.books = books;
    this.codec = codec;
    this.heads = heads;
    this.faults = faults;
    this.start = books.feed().start().number();
    this.recorded = new int[Math.toIntExact(books.feed().head().number() - start)];
  }

  /// To be told every slot before the histories are read.
  public void says(int layer, Slot slot) {
    if (slot instanceof Slot.Present(var entity))
      for (var attribute : entity.attributes()) said.add(print(layer, entity, attribute));
  }

  private long print(int layer, Entity entity, Attribute attribute) {
    int name = books.names().number(attribute.name());
    return print(heads.of(layer, name, entity.id()), attribute);
  }

  private long print(byte[] head, Attribute attribute) {
    return Fingerprints.of(head, codec.single(attribute));
  }

  /// To be told every instance there is.
  public void sees(byte[] head, Recorded one) {
    said.seek(print(head, one.attribute()));
    long position = one.position().number();
    if (position > start) recorded[(int) (position - start - 1)]++;
  }

  /// How many instances the histories have from a commit.
  public int recordedAt(long position) {
    return recorded[(int) (position - start - 1)];
  }

  /// Whether everything that was said was seen. If not, [#nameUnrecorded] finds out what.
  public boolean isAllRecorded() {
    return said.wereAllSought();
  }

  /// Names what an entity says and never recorded.
  public void nameUnrecorded(int layer, Slot slot) {
    if (slot instanceof Slot.Present(var entity))
      for (var attribute : entity.attributes())
        if (!said.wasSought(print(layer, entity, attribute)))
          faults.add(
              attribute.name()
                  + " of "
                  + entity.id()
                  + " is not in its history at "
                  + attribute.eventTime());
  }
}
