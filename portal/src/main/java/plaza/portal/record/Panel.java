package plaza.portal.record;

import java.util.List;
import java.util.Map;
import plaza.portal.form.Filled;

/// What somebody can do with a record: forms, and what can be opened from it.
///
/// @param choices names to choose from, by what is chosen
public record Panel(
    List<Offer> offers, List<Link> links, Told told, Map<String, List<String>> choices) {
  public static final Panel NONE = new Panel(List.of(), List.of(), Told.NOTHING, Map.of());

  public Panel {
    offers = List.copyOf(offers);
    links = List.copyOf(links);
    choices = Map.copyOf(choices);
  }

  /// One form.
  ///
  /// @param path where it is sent
  /// @param open whether its fields are shown at once
  public record Offer(String action, String label, String path, List<Filled> inputs, boolean open) {
    public Offer {
      inputs = List.copyOf(inputs);
    }
  }

  /// Something to follow.
  public record Link(String href, String label) {}

  /// An organisation or somebody, for choosing them.
  public record Named(String id, String name) {}
}
