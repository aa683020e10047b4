package plaza.programme.publication;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An organisation as the public may know it. People are none.
///
/// @param id its id in Plaza, which never changes
/// @param kind such as `startup`; empty when the city does not know it
/// @param identifiers in registers of the outside world, such as `TW-BAN:12345678`, sorted
/// @param address where it is registered; null when unknown
public record Party(
    String id, String name, String kind, List<String> identifiers, @Nullable String address) {
  private static final Pattern IDENTIFIER = Pattern.compile("([A-Za-z0-9-]+)[:/](.+)");

  /// One entry in a register of the outside world.
  ///
  /// @param scheme of org-id.guide, such as `GB-COH`; null when none was said
  public record Identifier(@Nullable String scheme, String id) {
    static Identifier of(String text) {
      var parts = IDENTIFIER.matcher(text);
      return parts.matches()
          ? new Identifier(parts.group(1), parts.group(2))
          : new Identifier(null, text);
    }
  }

  public Party {
    identifiers = identifiers.stream().sorted().toList();
  }

  /// One that is known by its id only.
  public static Party unknown(String id) {
    return new Party(id, Publisher.local(id), "", List.of(), null);
  }

  public List<Identifier> registrations() {
    return identifiers.stream().map(Identifier::of).toList();
  }

  /// The number it is registered under.
  public Optional<String> registrationNumber() {
    return registrations().stream().map(Identifier::id).findFirst();
  }
}
