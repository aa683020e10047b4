package plaza.web;

import java.util.Set;
import java.util.stream.Collectors;
import plaza.access.Caller;
import plaza.access.people.Role;

/// Who may use a route at all. What they then see and change is narrowed by the access policy.
public sealed interface Right {
  /// Everybody, known or not; the policy decides what there is for them.
  record Anyone() implements Right {}

  /// A person who signed in or a valid key.
  record Known() implements Right {}

  /// A person or personal key with at least one of these roles.
  record Roles(Set<Role> roles) implements Right {
    public Roles {
      roles = Set.copyOf(roles);
    }
  }

  static Right anyone() {
    return new Anyone();
  }

  static Right known() {
    return new Known();
  }

  static Right role(Role... roles) {
    return new Roles(Set.of(roles));
  }

  default boolean allows(Caller caller) {
    return switch (this) {
      case Anyone _ -> true;
      case Known _ -> !caller.isAnonymous();
      case Roles(var roles) -> roles.stream().anyMatch(caller::holds);
    };
  }

  /// For the sentence of a refusal.
  default String sentence() {
    return switch (this) {
      case Anyone _ -> "anyone";
      case Known _ -> "a signed-in person or a valid key";
      case Roles(var roles) ->
          "one of the roles "
              + roles.stream().map(Role::code).sorted().collect(Collectors.joining(", "));
    };
  }
}
