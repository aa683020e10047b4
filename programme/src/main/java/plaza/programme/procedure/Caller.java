package plaza.programme.procedure;

import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.ledger.Actor;
import plaza.programme.record.Canonical;
import plaza.programme.record.Dossiers;

/// Who asks, and in which city.
///
/// @param actor a signed-in person, a key, or [Actor#ANONYMOUS]
/// @param address the tenant, now
/// @param token what an anonymous author was given to follow a need with; null without
/// @param cause why Plaza itself acts (`clock`, `trusted`); null for people
public record Caller(Actor actor, Address address, @Nullable String token, @Nullable String cause) {
  public static Caller of(Actor actor, Address address) {
    return new Caller(actor, address, null, null);
  }

  public static Caller anonymous(Address address, @Nullable String token) {
    return new Caller(Actor.ANONYMOUS, address, token, null);
  }

  /// Plaza itself. Never made from a request.
  public static Caller plaza(Address address, String cause) {
    return new Caller(Dossiers.PROGRAMME, address, null, cause);
  }

  public String id() {
    return actor.id();
  }

  public boolean isPlaza() {
    return cause != null;
  }

  public boolean isSignedIn() {
    return cause == null && !actor.isAnonymous();
  }

  /// What a person counts under: once, whoever they say they are. Null without account and token.
  public @Nullable String personKey() {
    if (isSignedIn()) return Canonical.hash("person " + actor.id());
    return token == null ? null : hash(token);
  }

  /// How a token is kept.
  public static String hash(String token) {
    return Canonical.hash("token " + token);
  }

  @Override
  public String toString() {
    return "Caller[" + actor.id() + " in " + address.tenant() + "]"; // never the token
  }
}
