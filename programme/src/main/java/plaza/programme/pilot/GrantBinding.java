package plaza.programme.pilot;

import java.time.Instant;
import plaza.graph.Address;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;

/// Makes the city's access obey the programme's grants.
public interface GrantBinding {
  /// Makes what is enforced equal to the record's state. Called after each change of a grant and
  /// again after a restart; doing it twice changes nothing.
  void apply(Address address, Dossier grant);

  /// Makes what a pilot or service may do with the pilot's own entities equal to its record. Called
  /// and repeated as [#apply] is.
  void apply(Address address, Namespace namespace);

  /// Issues a key for a pilot or a service, which reaches what its active grants say.
  ///
  /// @return the key; shown once, kept nowhere
  String issueKey(Caller caller, Dossier holder, String label);

  /// Ends the keys of a pilot that were issued until a moment, for good: those of a team that left.
  /// Doing it twice changes nothing.
  void endKeysUntil(Address address, String holderId, Instant issuedUntil, String reason);

  /// Whether an actor is a key of a pilot or a service.
  boolean isKeyOf(String actorId, String holderId);

  /// Ends all keys of a pilot or a service for good. Doing it twice changes nothing.
  void endKeys(Address address, String holderId, String reason);
}
