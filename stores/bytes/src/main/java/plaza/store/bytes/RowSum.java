package plaza.store.bytes;

/// How many rows there are, and the sum of their fingerprints: equal for equal sets of rows.
public final class RowSum {
  private long count;
  private long sum;

  public void add(byte[] key, byte[] value) {
    count++;
    sum += Fingerprints.of(key, value);
  }

  public long count() {
    return count;
  }

  public boolean isThatOf(RowSum other) {
    return count == other.count && sum == other.sum;
  }
}
