package plaza.links.kind;

import java.util.Set;
import plaza.graph.Refusal;

/// A way to reach islands, such as MQTT. Register it in
/// `META-INF/services/plaza.links.kind.LinkKind`; it is made once, by its public constructor
/// without parameters, and used from many threads.
public interface LinkKind {
  /// The word in a link's definition, such as `mqtt`.
  String name();

  /// Names of settings that are never shown again once given: passwords, tokens.
  Set<String> secrets();

  /// Called before a definition is stored.
  ///
  /// @throws Refusal.Invalid naming the setting, its value and the rule; [Refusal.Forbidden] when
  ///   it points where Plaza may not go
  void check(Settings settings, Outside outside);

  /// How many identities of messages its inbox must recognise.
  int remembered(Settings settings);

  /// Makes a link that is not yet at work. Called at every start and after every failure. Must not
  /// block.
  Link open(Settings settings, Inbox inbox, Outside outside);
}
