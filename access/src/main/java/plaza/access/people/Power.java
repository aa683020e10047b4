package plaza.access.people;

/// A kind of thing that a [Role] lets someone do.
public enum Power {
  /// Sign in, support, comment, follow.
  TAKE_PART,
  /// Read all city data of the tenant.
  READ_CITY,
  /// Write any city data of the tenant.
  WRITE_CITY,
  /// Decide who gets which data.
  GRANT_DATA,
  /// Set up links and replay what failed.
  MANAGE_LINKS,
  /// Make accounts and organisations, give roles, end keys.
  MANAGE_PEOPLE,
  /// Enter organisations.
  ENTER_ORGANIZATIONS,
  /// Confirm that people act for an organisation.
  VERIFY_MEMBERS,
  /// Change the configuration.
  CONFIGURE,
  /// Read people, roles, keys and the audit record, changing nothing.
  AUDIT,
  /// Act in the programme's procedures: propose, moderate, run, review.
  ACT_IN_PROGRAMME,
  /// Approve, decide at gates, release money: what a programme is answerable for.
  DECIDE_IN_PROGRAMME
}
