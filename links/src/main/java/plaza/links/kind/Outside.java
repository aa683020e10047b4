package plaza.links.kind;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import plaza.outbound.OutboundGuard;

/// What of the world around Plaza a link may touch.
///
/// @param guard every host a link calls goes past it
/// @param folders files are read from these only; empty allows none
public record Outside(OutboundGuard guard, List<Path> folders, InstantSource clock) {
  public Outside {
    folders = List.copyOf(folders);
  }
}
