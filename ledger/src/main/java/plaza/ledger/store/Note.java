package plaza.ledger.store;

import org.jspecify.annotations.Nullable;

/// Something a consumer of the feed or a link remembers: where it is, what it still has to deliver.
///
/// @param value null forgets the key
@SuppressWarnings("ArrayRecordComponent") // opaque bytes; never compared
public record Note(String key, byte @Nullable [] value) {}
