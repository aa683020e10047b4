package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import plaza.ngsild.context.Context;

/// What of the triggering request goes on with the requests it triggers.
///
/// @param tenant here, whose registrations count
/// @param alias by which this broker and tenant are known to others
/// @param via the elements of the request's Via headers, in order
/// @param context of the request
/// @param headers the request's headers by name, for sources that want some of them
public record Passage(
    String tenant,
    String alias,
    List<String> via,
    Context context,
    Function<String, @Nullable String> headers) {
  public Passage {
    via = List.copyOf(via);
  }

  /// The elements of Via headers (RFC 9110 §7.6.3).
  public static List<String> elements(List<String> headers) {
    var elements = new ArrayList<String>();
    for (var header : headers)
      for (var element : header.split(",", -1))
        if (!element.isBlank()) elements.add(element.strip());
    return elements;
  }

  /// The same with another context: each entity of a batch may have its own.
  Passage speaking(Context other) {
    return new Passage(tenant, alias, via, other, headers);
  }

  /// Whether the request has been here before.
  public boolean isLoop() {
    return aliases(via).contains(alias);
  }

  /// Who must not be asked: they have passed the request on, or they are this broker.
  public Set<String> passed() {
    var passed = aliases(via);
    passed.add(alias);
    return passed;
  }

  private static Set<String> aliases(List<String> via) {
    var aliases = new HashSet<String>();
    for (var element : via) {
      var parts = element.split("\\s+", 3);
      if (parts.length > 1) aliases.add(parts[1]);
    }
    return aliases;
  }

  String viaHeader() {
    var all = new ArrayList<>(via);
    all.add("1.1 " + alias);
    return String.join(", ", all);
  }
}
