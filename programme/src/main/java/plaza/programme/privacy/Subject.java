package plaza.programme.privacy;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.ledger.Actor;
import plaza.programme.procedure.Caller;

/// Somebody whose data are asked for: by account, or by the token they hold.
///
/// @param person id of the account; null for who has only a token
/// @param key the person-key under which they count once
/// @param names texts by which they are named, as far as anybody knows
record Subject(@Nullable String person, String key, Set<String> names) {
  private static final int SHORTEST_NAME = 3;

  Subject {
    names = Set.copyOf(names);
  }

  static Subject of(Caller caller, Accounts accounts) {
    if (caller.isSignedIn()) return ofPerson(caller.id(), accounts);
    var key = caller.personKey();
    if (key == null)
      throw new Refusal.Unauthenticated(
          "sign in, or send the token you were given as X-Follow-Token");
    return new Subject(null, key, Set.of());
  }

  static Subject ofPerson(String person, Accounts accounts) {
    var key = Caller.of(Actor.of(person), Address.DEFAULT).personKey();
    if (key == null) throw new Refusal.Invalid(person + " is nobody's account");
    return new Subject(person, key, accounts.names(person));
  }

  static Subject ofToken(String tokenHash) {
    return new Subject(null, tokenHash, Set.of());
  }

  /// What an entry of a list that names them may be.
  Set<String> entries() {
    var entries = new LinkedHashSet<>(names);
    if (person != null) entries.add(person);
    return entries;
  }

  /// Finds them in a text, as words of their own; null when nothing names them.
  @Nullable Pattern inTexts() {
    var words =
        names.stream()
            .filter(name -> name.codePointCount(0, name.length()) >= SHORTEST_NAME)
            .sorted(java.util.Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return words.isEmpty()
        ? null
        : Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
