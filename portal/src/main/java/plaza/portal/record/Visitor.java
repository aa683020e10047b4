package plaza.portal.record;

import java.util.List;
import plaza.portal.page.Seen;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Standing;

/// Who looks at a page, and what is theirs to be offered. It decides nothing: the programme does.
record Visitor(Caller caller, Standing standing) {
  /// @param roles of the programme, or `member` of the record's organisation, or its `panel`
  boolean isAny(List<String> roles, Seen record) {
    return roles.stream()
        .anyMatch(role ->
            switch (role) {
              case "member" -> standing.belongsToAny(record.texts("organisation"));
              case "panel" -> record.texts("panel").contains(caller.id());
              default -> standing.holds(role);
            });
  }

  /// Whether they are one who opens such records somewhere.
  boolean opens(Catalogue.Opening opening) {
    return opening.roles().stream()
        .anyMatch(role ->
            role.equals("member") ? !standing.organisations().isEmpty() : standing.holds(role));
  }
}
