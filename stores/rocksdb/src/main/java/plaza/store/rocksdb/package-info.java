/// The embedded engine: state, history, indexes and feed of a city in one RocksDB folder.
///
/// [plaza.store.rocksdb.RocksStore] is the only door. How keys and values are laid out stands in
/// this room's README. Nothing here decides whether an entity matches a query; it only narrows.
@NullMarked
package plaza.store.rocksdb;

import org.jspecify.annotations.NullMarked;
