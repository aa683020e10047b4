package plaza.store.bytes;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.query.Query;
import plaza.graph.query.TypeSelection;

/// Chooses the ids or the types by which the candidates of a query are found.
public final class Choice {
  private final Books books;

  public Choice(Books books) {
    this.books = books;
  }

  /// Empty unless every selector names some.
  public static List<String> ids(Query query) {
    return query.selectors().stream().anyMatch(selector -> selector.ids().isEmpty())
        ? List.of()
        : query.selectors().stream().flatMap(one -> one.ids().stream()).distinct().toList();
  }

  /// The types of which a match has at least one; null when it may have any.
  public @Nullable Set<Integer> types(int layer, Query query) {
    if (query.selectors().isEmpty()) return null;
    var types = new LinkedHashSet<Integer>();
    for (var selector : query.selectors()) {
      if (selector.types() == null) return null;
      for (var name : needed(layer, selector.types())) {
        int number = books.names().find(name);
        if (number != Dictionary.UNKNOWN) types.add(number);
      }
    }
    return types;
  }

  /// Of types that must all be there, the rarest.
  private Collection<String> needed(int layer, TypeSelection selection) {
    return switch (selection) {
      case TypeSelection.Is(var type) -> List.of(type);
      case TypeSelection.AnyOf(var parts) ->
          parts.stream().flatMap(part -> needed(layer, part).stream()).toList();
      case TypeSelection.AllOf(var parts) ->
          parts.stream()
              .map(part -> needed(layer, part))
              .min((a, b) -> Long.compare(count(layer, a), count(layer, b)))
              .orElse(List.of());
    };
  }

  private long count(int layer, Collection<String> types) {
    return types.stream()
        .mapToLong(type -> books.census().count(layer, books.names().find(type)))
        .sum();
  }
}
