package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.BiConsumer;
import plaza.ledger.store.Layer;
import plaza.store.bytes.Books;
import plaza.store.bytes.ByteReader;
import plaza.store.bytes.ByteWriter;
import plaza.store.bytes.Census;
import plaza.store.bytes.Dictionary;
import plaza.store.bytes.FeedEnds;
import plaza.store.bytes.LayerBook;

/// The rows of [Books]. Where the feed ends is where its last row is.
final class BookRows {
  private static final int NAME = 'n';
  private static final int LAYER = 'l';
  private static final int COUNT = 'c';
  private static final int TRIMMED = 't';

  private BookRows() {}

  static void load(Engine engine, Books books) {
    load(engine, NAME, (key, value) -> name(books.names(), key, value));
    load(engine, LAYER, (key, value) -> layer(books.layers(), key, value));
    load(engine, COUNT, (key, value) -> count(books.census(), key, value));
    load(engine, books.feed());
  }

  private static void load(Engine engine, int kind, BiConsumer<byte[], byte[]> into) {
    var prefix = new byte[] {(byte) kind};
    try (var view = engine.view()) {
      var rows = view.iterator(Family.META, Engine.after(prefix));
      for (rows.seek(prefix); rows.isValid(); rows.next()) into.accept(rows.key(), rows.value());
      Engine.requireGood(rows, "reading names and counters");
    }
  }

  private static void name(Dictionary names, byte[] key, byte[] value) {
    names.load(new ByteReader(key, 1).i32(), new String(value, UTF_8));
  }

  private static void layer(LayerBook layers, byte[] key, byte[] value) {
    var text = new String(value, UTF_8);
    int cut = text.indexOf('/');
    layers.load(
        new ByteReader(key, 1).i32(), new Layer(text.substring(0, cut), text.substring(cut + 1)));
  }

  private static void count(Census census, byte[] key, byte[] value) {
    var in = new ByteReader(key, 1);
    census.load(in.i32(), in.i32(), new ByteReader(value).i64());
  }

  private static void load(Engine engine, FeedEnds feed) {
    var trimmed = engine.get(Family.META, new byte[] {TRIMMED});
    try (var view = engine.view()) {
      var rows = view.iterator(Family.FEED, Keys.feed(-1L));
      rows.seekToLast();
      feed.load(
          trimmed == null ? 0 : new ByteReader(trimmed).i64(),
          rows.isValid() ? Keys.feedPosition(rows.key()) : 0);
      Engine.requireGood(rows, "reading the end of the feed");
    }
  }

  /// Puts what is new into a batch.
  static void save(Books books, Batch batch) {
    for (int number : books.names().unsaved())
      batch.put(Family.META, key(NAME, number), books.names().name(number).getBytes(UTF_8));
    books
        .layers()
        .unsaved()
        .forEach((layer, number) ->
            batch.put(Family.META, key(LAYER, number), layer.toString().getBytes(UTF_8)));
    books.census().unsaved((cell, entities) -> batch.put(Family.META, key(cell), i64(entities)));
  }

  static void trim(Batch batch, long upTo) {
    batch.put(Family.META, new byte[] {TRIMMED}, i64(upTo));
  }

  static void drop(Books books, Batch batch, int layer) {
    batch.delete(Family.META, key(LAYER, layer));
    for (var cell : books.census().cells(layer)) batch.delete(Family.META, key(cell));
  }

  private static byte[] key(int kind, int number) {
    return new ByteWriter(5).u8(kind).i32(number).toBytes();
  }

  private static byte[] key(Census.Cell cell) {
    return new ByteWriter(9).u8(COUNT).i32(cell.layer()).i32(cell.type()).toBytes();
  }

  private static byte[] i64(long number) {
    return new ByteWriter(8).i64(number).toBytes();
  }
}
