package plaza.programme;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import plaza.programme.directory.Clearance;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossiers.Having;

/// What ties a caller to records of a kind, gathered into a clearance.
final class Ties {
  private final Caller caller;
  private final Standing standing;
  private final Set<Having> ties = new LinkedHashSet<>();
  private boolean whole;

  Ties(Caller caller, Standing standing) {
    this.caller = caller;
    this.standing = standing;
  }

  /// Who holds the role, on whatever, works on all records.
  Ties all(String role) {
    whole |= standing.holds(role);
    return this;
  }

  /// Who holds the role works on the records of its scope, which these fields name.
  Ties on(String role, Collection<String> fields) {
    for (var held : standing.roles()) {
      if (!held.name().equals(role)) continue;
      if (held.scope().equals(Standing.CITY)) {
        whole = true;
        continue;
      }
      for (var field : fields) ties.add(new Having(field, held.scope()));
    }
    return this;
  }

  /// Members of the organisation that a field names.
  Ties members(String field) {
    for (var organisation : standing.organisations()) ties.add(new Having(field, organisation));
    return this;
  }

  /// The person that a field names.
  Ties person(String field) {
    if (caller.isSignedIn()) ties.add(new Having(field, caller.id()));
    return this;
  }

  /// Who stated it, by account or token.
  Ties author() {
    var token = caller.token();
    if (caller.isSignedIn()) ties.add(new Having("author", caller.id()));
    else if (token != null) ties.add(new Having("tokenHash", Caller.hash(token)));
    return this;
  }

  /// Records that a field ties to one of these; `id` for the records themselves.
  Ties named(String field, Collection<String> ids) {
    for (var id : ids) ties.add(new Having(field, id));
    return this;
  }

  Clearance done() {
    return whole ? Clearance.WHOLE : new Clearance(false, ties);
  }
}
