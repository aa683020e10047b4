package plaza.ngsild.source;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Value;
import plaza.graph.change.Change;
import plaza.graph.query.Query;
import plaza.graph.query.Sight;
import plaza.ledger.Actor;
import plaza.ledger.Reader;

/// What registrations, and their changes, mean to those who subscribed to some (clause 5.11.7).
/// What may be secret in them is never told.
public final class Announcements {
  private final Reader reader;
  private final InstantSource clock;

  Announcements(Reader reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /// Why a registration is told (clause 5.3.3).
  public enum Reason {
    NEWLY_MATCHING("newlyMatching"),
    UPDATED("updated"),
    NO_LONGER_MATCHING("noLongerMatching");

    public final String word;

    Reason(String word) {
      this.word = word;
    }
  }

  /// One registration to be told.
  public record Announcement(Reason reason, RegistrationView registration) {}

  /// Whether a change of the feed is one of a registration.
  public static boolean areAbout(Change change) {
    return change.entity().is(RegistrationRecord.TYPE);
  }

  /// What a change of a registration means to who asked for some; empty when nothing.
  ///
  /// @param sight of the asker
  public static Optional<Announcement> of(Change change, Ask ask, Sight sight) {
    var now = RegistrationRecord.of(change.entity());
    var before = parts(before(change, now), ask, sight);
    var after = change.kind() == Change.Kind.DELETED ? List.<Part>of() : parts(now, ask, sight);
    if (after.isEmpty() && before.isEmpty()) return Optional.empty();
    if (after.isEmpty()) {
      // As it matched last, for who no longer sees why it did.
      var last = java.util.Objects.requireNonNull(before(change, now));
      return Optional.of(new Announcement(Reason.NO_LONGER_MATCHING, view(last, before)));
    }
    return Optional.of(
        new Announcement(
            before.isEmpty() ? Reason.NEWLY_MATCHING : Reason.UPDATED, view(now, after)));
  }

  /// All that match, as they were at a place of the feed; later changes are told by themselves.
  ///
  /// Read from where they are kept, not from the registry, which may learn of a registration a
  /// moment after the feed tells of it.
  public List<Announcement> all(String tenant, Ask ask, Sight sight, long version) {
    var now = clock.instant();
    var records = new ArrayList<RegistrationRecord>();
    reader.each(
        Actor.SYSTEM,
        Address.tenant(tenant),
        Query.type(RegistrationRecord.TYPE),
        entity -> {
          if (entity.version() <= version) records.add(RegistrationRecord.of(entity));
          return true;
        });
    records.sort(Comparator.comparingLong(RegistrationRecord::version));
    var all = new ArrayList<Announcement>();
    for (var record : records) {
      var parts = record.understood().isExpired(now) ? List.<Part>of() : parts(record, ask, sight);
      if (!parts.isEmpty()) all.add(new Announcement(Reason.NEWLY_MATCHING, view(record, parts)));
    }
    return all;
  }

  private static @Nullable RegistrationRecord before(Change change, RegistrationRecord now) {
    return switch (change.kind()) {
      case CREATED -> null;
      case DELETED -> now;
      case UPDATED -> {
        for (Attribute instance : change.replaced())
          if (instance.name().equals(RegistrationRecord.DOCUMENT)
              && instance.content() instanceof Content.JsonProperty(Value.Struct document))
            yield now.with(document);
        yield now;
      }
    };
  }

  private static List<Part> parts(@Nullable RegistrationRecord record, Ask ask, Sight sight) {
    if (record == null) return List.of();
    return Matcher.match(record.understood(), ask).map(Match::parts).orElse(List.of()).stream()
        .filter(part -> RegistrationDesk.shows(sight, part))
        .toList();
  }

  private static RegistrationView view(RegistrationRecord record, List<Part> parts) {
    return new RegistrationView(record, parts, Use.NONE, true);
  }
}
