package plaza.programme.publication.ocds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import plaza.programme.publication.Parties;
import plaza.programme.publication.Party;
import plaza.programme.publication.Sheet;

/// The parties of one release, noted as they are referred to (OCDS 1.1, `parties`): every reference
/// has its entry, with the roles in which it occurs.
final class Cast {
  private final Parties parties;
  private final Map<String, Set<String>> roles = new LinkedHashMap<>();

  Cast(Parties parties) {
    this.parties = parties;
  }

  /// An `OrganizationReference`, which gives the organisation these roles.
  Sheet refer(String id, String... inRoles) {
    roles.computeIfAbsent(id, _ -> new TreeSet<>()).addAll(List.of(inRoles));
    return new Sheet().put("id", id).put("name", parties.get(id).name());
  }

  List<Sheet> refer(List<String> ids, String... inRoles) {
    return ids.stream().map(id -> refer(id, inRoles)).toList();
  }

  List<Sheet> sheets() {
    var sheets = new ArrayList<Sheet>();
    roles.forEach((id, its) -> sheets.add(sheet(parties.get(id), its)));
    return sheets;
  }

  private static Sheet sheet(Party party, Set<String> roles) {
    var registrations =
        party.registrations().stream()
            .map(one ->
                new Sheet()
                    .put("scheme", one.scheme())
                    .put("id", one.id())
                    .put("legalName", party.name()))
            .toList();
    return new Sheet()
        .put("id", party.id())
        .put("name", party.name())
        .put("identifier", registrations.stream().findFirst())
        .put("additionalIdentifiers", registrations.stream().skip(1).toList())
        .put("address", new Sheet().put("streetAddress", party.address()))
        .put("roles", List.copyOf(roles));
  }
}
