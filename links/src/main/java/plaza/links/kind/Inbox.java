package plaza.links.kind;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where a link puts what it took from its island. Used by the link's thread only.
public interface Inbox {
  /// How many messages are best handed over at once.
  int MESSAGES_PER_TURN = 500;

  /// The link's id, the same after every restart.
  String link();

  /// Returns when every message is dealt with for good: its readings are stored, or it is a dead
  /// letter, or it was dealt with before. Waits and tries again while nothing can be stored, so a
  /// link that waits here holds its island back.
  void accept(List<Message> messages) throws InterruptedException;

  /// The island answered: the last trouble is over, though there may be no news.
  void reached();

  /// What the link noted at the end of its last pass; empty the first time.
  Map<String, String> notes();

  /// Ends a pass over a source that is read again and again: keeps notes for the next one, and
  /// forgets all identities of earlier messages but these. A pass that was cut short begins again
  /// with the notes of the last one, and what it delivered already does no harm.
  ///
  /// @param stillThere identities the next pass may meet again
  void endPass(Map<String, String> notes, Set<Long> stillThere) throws InterruptedException;
}
