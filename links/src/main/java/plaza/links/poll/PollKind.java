package plaza.links.poll;

import java.util.Set;
import plaza.links.kind.Inbox;
import plaza.links.kind.Link;
import plaza.links.kind.LinkKind;
import plaza.links.kind.Outside;
import plaza.links.kind.Settings;

/// `poll`: a CSV or JSON table that is read at intervals. The mapping sees each row as `.row`, its
/// place as `.headers.line`, and the file or URL as `.topic`.
public final class PollKind implements LinkKind {
  @Override
  public String name() {
    return "poll";
  }

  @Override
  public Set<String> secrets() {
    return Set.of("headers");
  }

  @Override
  public void check(Settings settings, Outside outside) {
    var poll = PollSettings.of(settings);
    if (poll.url() != null) outside.guard().check(poll.url());
    if (poll.file() != null) FileSource.within(outside.folders(), poll.file());
  }

  /// The rows of two passes: the one in hand, and the one before until the pass ends.
  @Override
  public int remembered(Settings settings) {
    return 2 * PollSettings.of(settings).maxRows();
  }

  @Override
  public Link open(Settings settings, Inbox inbox, Outside outside) {
    return new PollLink(PollSettings.of(settings), inbox, outside);
  }
}
