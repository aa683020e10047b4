package plaza.portal.record;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import plaza.access.Access;
import plaza.access.people.Person;
import plaza.access.people.Role;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Standing;

/// Whose names somebody may know. Everybody knows their own; who runs or audits accounts knows all;
/// who composes panels knows those who sit on them. A resident's name is known to none but the
/// first two.
public final class Acquaintance {
  private static final Set<String> ALL = Set.of("admin", "auditor");
  private static final Set<String> PANELS = Set.of("pmo", "sponsor", "programmeBoard");

  private final Access access;

  public Acquaintance(Access access) {
    this.access = access;
  }

  /// The name that others see, for who may know it.
  Optional<String> name(Caller caller, Standing standing, String id) {
    return access
        .people()
        .find(id)
        .filter(person -> knows(caller, standing, person))
        .map(Person::displayName);
  }

  /// Who can be put on a panel, by name, and the caller; of others only what they may know.
  List<Panel.Named> panelists(Caller caller, Standing standing) {
    var ids = new TreeSet<String>();
    if (caller.isSignedIn()) ids.add(caller.id());
    var tenant = caller.address().tenant();
    for (var held : access.roles().list())
      if (held.role() == Role.PANEL_MEMBER && held.scope().tenant().equals(tenant))
        ids.add(held.person());
    return ids.stream()
        .flatMap(id -> access.people().find(id).stream())
        .filter(Person::isActive)
        .filter(person -> knows(caller, standing, person))
        .map(person -> new Panel.Named(person.id(), person.displayName()))
        .sorted(Comparator.comparing(Panel.Named::name))
        .toList();
  }

  private boolean knows(Caller caller, Standing standing, Person person) {
    if (caller.isSignedIn() && person.id().equals(caller.id())) return true;
    return holdsAny(standing, ALL) || (holdsAny(standing, PANELS) && sitsOnPanels(caller, person));
  }

  private static boolean holdsAny(Standing standing, Set<String> roles) {
    return roles.stream().anyMatch(standing::holds);
  }

  private boolean sitsOnPanels(Caller caller, Person person) {
    return access.roles().listCurrent(person.id()).stream()
        .anyMatch(held ->
            held.role() == Role.PANEL_MEMBER
                && held.scope().tenant().equals(caller.address().tenant()));
  }
}
