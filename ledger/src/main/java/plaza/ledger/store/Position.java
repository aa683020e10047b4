package plaza.ledger.store;

/// A place in the order of all commits: 1 is the first. What a consumer keeps to go on where it
/// stopped.
public record Position(long number) implements Comparable<Position> {
  public static final Position START = new Position(0);

  public Position {
    if (number < 0)
      throw new IllegalArgumentException("a position must not be negative: " + number);
  }

  public Position next() {
    return new Position(number + 1);
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(number, other.number);
  }
}
