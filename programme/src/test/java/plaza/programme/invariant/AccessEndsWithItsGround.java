package plaza.programme.invariant;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import plaza.access.key.Grant;
import plaza.graph.Refusal;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;
import plaza.testkit.TestCity;

/// I6: no grant and no key works outside a running pilot, exploration or service, or past its end.
/// Tried with the keys themselves, at the city's data.
final class AccessEndsWithItsGround extends Invariant {
  private static final List<Kind> GROUNDS = List.of(Kind.PILOT, Kind.EXPLORATION, Kind.SERVICE);

  AccessEndsWithItsGround() {
    super("I6");
  }

  @Override
  void settled(SmallCity city, Records records) {
    var open = new HashSet<String>();
    for (var grant : records.in(Kind.DATA_GRANT, "ACTIVE")) {
      var ground = ground(records, grant);
      require(
          isRunning(ground, city.now) && city.now.isBefore(grant.moment("endDate")),
          "%s is active until %s at %s, and %s is %s",
          grant.id(),
          grant.text("endDate"),
          city.now,
          ground.id(),
          ground.state());
      open.add(grant.id());
    }
    for (var granted : city.access.grants().list())
      require(
          !granted.worksAt(city.now)
              || open.contains(granted.id())
              || isOwn(city, records, granted),
          "%s works, and the record says %s",
          granted.id(),
          records.find(Kind.DATA_GRANT, granted.id()).map(Dossier::state).orElse("nothing"));
    for (var grant : open)
      require(
          city.access.grants().find(grant).filter(one -> one.worksAt(city.now)).isPresent()
              || records
                  .get(Kind.DATA_GRANT, grant)
                  .findMoment("startDate")
                  .filter(city.now::isBefore)
                  .isPresent(),
          "%s is active and does not work: %s",
          grant,
          city.access.grants().find(grant));
    keys(city, records);
  }

  /// What a pilot made itself is its own while it runs.
  private static boolean isOwn(SmallCity city, Records records, Grant granted) {
    return granted.id().equals(granted.terms().holder() + ":namespace")
        && find(records, granted.terms().holder())
            .filter(ground -> isRunning(ground, city.now))
            .isPresent();
  }

  private void keys(SmallCity city, Records records) {
    for (var key : city.access.keys().list()) {
      if (key.subject() == null || key.isRevoked() || key.isOver(city.now)) continue;
      var ground = find(records, key.subject());
      require(
          ground.filter(one -> isOver(one)).isEmpty(),
          "%s is a living key of %s, which is %s",
          key.id(),
          key.subject(),
          ground.map(Dossier::state).orElse(""));
    }
    for (var text : city.keys) {
      boolean opens = opens(city, text);
      if (!opens) continue;
      var subject = city.access.keys().recognise(text).subject();
      require(
          records.in(Kind.DATA_GRANT, "ACTIVE").stream()
              .anyMatch(grant -> ground(records, grant).id().equals(subject)),
          "a key of %s opens the city's data, and no grant says so",
          subject);
    }
  }

  private static boolean opens(SmallCity city, String text) {
    try {
      var actor = city.access.authenticator().fromKey(text).actor();
      return city.reader.find(actor, SmallCity.HERE, TestCity.DAAN).isPresent();
    } catch (Refusal refused) {
      return false;
    }
  }

  private static Dossier ground(Records records, Dossier grant) {
    for (var field : List.of("pilot", "exploration", "service")) {
      var ground = grant.findText(field).flatMap(id -> find(records, id));
      if (ground.isPresent()) return ground.get();
    }
    throw new AssertionError(grant + " is for nothing");
  }

  private static Optional<Dossier> find(Records records, String id) {
    return GROUNDS.stream().flatMap(kind -> records.find(kind, id).stream()).findFirst();
  }

  private static boolean isRunning(Dossier ground, Instant now) {
    return switch (ground.kind()) {
      case PILOT -> ground.is("ACTIVE", "EVALUATING");
      case EXPLORATION -> ground.is("ACTIVE") && now.isBefore(ground.moment("endDate"));
      default -> ground.is("LIVE", "RENEWAL_DUE", "SUNSETTING");
    };
  }

  private static boolean isOver(Dossier ground) {
    return ground.is("SCALED", "STOPPED", "CLOSED", "LAPSED", "ENDED", "RETIRED", "ABANDONED");
  }
}
