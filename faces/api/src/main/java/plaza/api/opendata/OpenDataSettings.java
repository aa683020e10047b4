package plaza.api.opendata;

import plaza.access.people.Role;
import plaza.programme.publication.Publisher;
import plaza.web.Right;

/// How the office publishes.
///
/// @param publicUrl where people reach the server, without a slash at the end; empty when they
///   reach it as they call it
public record OpenDataSettings(
    Readers readers,
    String city,
    String publicUrl,
    String ocidPrefix,
    String givingPrefix,
    String licence,
    String language) {

  /// Who may read what is published.
  public enum Readers {
    /// As the pages of the programme, which show the same records.
    EVERYONE,
    /// Who signed in or has a key.
    KNOWN,
    /// Who answers for the programme.
    OFFICE
  }

  Right right() {
    return switch (readers) {
      case EVERYONE -> Right.anyone();
      case KNOWN -> Right.known();
      case OFFICE ->
          Right.role(
              Role.PMO, Role.PROGRAMME_BOARD, Role.FINANCE_OFFICER, Role.AUDITOR, Role.ADMIN);
    };
  }

  /// @param origin that a caller used
  ///
  /// @throws plaza.graph.Refusal.Invalid when a prefix is none
  public Publisher publisher(String origin) {
    return new Publisher(
        city,
        publicUrl.isEmpty() ? origin : publicUrl,
        ocidPrefix,
        givingPrefix,
        licence,
        language);
  }
}
