package plaza.portal.record;

import java.util.List;

/// What somebody can do with a record: forms, and what can be opened from it.
///
/// @param organisations all of them by name, for fields that take one
public record Panel(List<Offer> offers, List<Link> links, Told told, List<Named> organisations) {
  public Panel {
    offers = List.copyOf(offers);
    links = List.copyOf(links);
    organisations = List.copyOf(organisations);
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

  /// A field and what it holds.
  public record Filled(Field field, String value) {}

  /// Something to follow.
  public record Link(String href, String label) {}

  /// An organisation, for choosing it.
  public record Named(String id, String name) {}
}
