package plaza.programme.demand;

import java.util.regex.Pattern;

/// Finds e-mail addresses and telephone numbers in what people write, so that they are not
/// published by mistake.
public final class ContactDetails {
  private static final Pattern PATTERN =
      Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.]+|(?<!\\d)(\\+?\\d[\\d -]{7,}\\d)(?!\\d)");

  private ContactDetails() {}

  public static boolean appearIn(String text) {
    return PATTERN.matcher(text).find();
  }

  /// The text with a mark where each of them stood.
  public static String removedFrom(String text) {
    return PATTERN.matcher(text).replaceAll("[…]");
  }
}
