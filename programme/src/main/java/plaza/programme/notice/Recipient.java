package plaza.programme.notice;

import org.jspecify.annotations.Nullable;

/// Somebody who is told something.
///
/// @param key the person-key under which they count once
/// @param person id of the account; null for who has only a token
record Recipient(String key, @Nullable String person) {}
