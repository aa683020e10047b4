package plaza.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The column families, in the order of their numbers.
enum Family {
  /// Names, layers, counters, where the feed begins.
  META(0, "default"),
  /// What each layer holds under each id.
  STATE(1, "state"),
  /// Attribute instances, one a row.
  HISTORY(2, "history"),
  /// Readings that came together, many a row.
  RUNS(3, "runs"),
  /// Which attributes an entity ever had.
  KNOWN(4, "known"),
  TYPES(5, "types"),
  VALUES(6, "values"),
  PLACES(7, "places"),
  FEED(8, "feed"),
  NOTES(9, "notes"),
  /// What was erased of histories, and when.
  ERASED(10, "erased"),
  /// When what is only kept for a time ends.
  TIMERS(11, "timers");

  private final int number;
  private final String title;

  Family(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /// What a write batch calls it: the engine counts families from 0 as they were made.
  int number() {
    return number;
  }

  byte[] title() {
    return title.getBytes(UTF_8);
  }

  /// Whether every key begins with a layer's number.
  boolean isLayered() {
    return switch (this) {
      case STATE, HISTORY, RUNS, KNOWN, TYPES, VALUES, PLACES, ERASED, TIMERS -> true;
      case META, FEED, NOTES -> false;
    };
  }

  /// Whether single keys are looked up, so that a Bloom filter pays.
  boolean isLookedUp() {
    return this == STATE || this == META || this == NOTES;
  }
}
