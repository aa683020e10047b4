package plaza.access;

/// What those may who have not said who they are.
public enum AnonymousAccess {
  /// See the programme's public records, no city data. For production.
  NONE,
  /// See all public data of the default tenant, write nothing. For a city with open data, and the
  /// demo.
  READ_PUBLIC,
  /// See and write everything a face offers, in every tenant. Only behind a loopback address.
  OPEN
}
