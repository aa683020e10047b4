package plaza.access.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import plaza.access.record.Fields;
import plaza.access.record.Kept;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Refusal;

/// An API key, as far as the server knows it: the hash, not the key.
///
/// @param id `urn:plaza:key:` and the name that stands in the key itself
/// @param label what its owner calls it
/// @param owner URI of a person or organisation
/// @param subject what a pilot key is for (URI of the pilot, exploration or service), or what a
///   link key feeds (`urn:plaza:link:…`); null for a personal key
/// @param narrowing of a personal key; null when it may all its owner may
/// @param hash of the secret part
/// @param until exclusive
/// @param lastUsed to the hour; null while unused
/// @param revokedBecause null while it works
public record Key(
    String id,
    Kind kind,
    String label,
    String owner,
    @Nullable String subject,
    @Nullable Narrowing narrowing,
    String hash,
    Instant since,
    Instant until,
    @Nullable Instant lastUsed,
    @Nullable String revokedBecause)
    implements Kept {
  static final String TYPE = Names.PRIVATE + "Key";
  public static final String ID = "urn:plaza:key:";

  public enum Kind {
    /// Acts as the person who owns it.
    PERSONAL,
    /// Reaches exactly what its grants say.
    PILOT,
    /// Feeds the city's data through one link.
    LINK
  }

  public Key {
    label = label.strip();
    if (label.isEmpty() || label.length() > 120)
      throw new Refusal.Invalid(
          "a key's label must have 1 to 120 characters, not " + label.length());
    if (!until.isAfter(since))
      throw new Refusal.Invalid("a key must end after it begins: " + until);
    if ((kind == Kind.PERSONAL) != (subject == null))
      throw new Refusal.Invalid("a personal key has no subject, every other has one: " + id);
    if (kind != Kind.PERSONAL && narrowing != null)
      throw new Refusal.Invalid("only a personal key can be narrowed: " + id);
  }

  public boolean isRevoked() {
    return revokedBecause != null;
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  Key used(Instant at) {
    return new Key(
        id, kind, label, owner, subject, narrowing, hash, since, until, at, revokedBecause);
  }

  Key revoked(String because) {
    return new Key(
        id, kind, label, owner, subject, narrowing, hash, since, until, lastUsed, because);
  }

  @Override
  public Entity entity() {
    var fields =
        Fields.of(id, TYPE)
            .text("kind", kind.name())
            .text("label", label)
            .text("owner", owner)
            .text("subject", subject)
            .text("hash", hash)
            .time("since", since)
            .time("until", until)
            .time("lastUsed", lastUsed)
            .text("revokedBecause", revokedBecause);
    if (narrowing != null)
      fields
          .flag("narrowed", true)
          .flag("readOnly", narrowing.readOnly())
          .texts("types", narrowing.types())
          .texts("attributes", narrowing.attributes());
    return fields.entity();
  }

  static Key of(Entity entity) {
    return new Key(
        entity.id(),
        Kind.valueOf(Fields.text(entity, "kind")),
        Fields.text(entity, "label"),
        Fields.text(entity, "owner"),
        Fields.findText(entity, "subject").orElse(null),
        Fields.flag(entity, "narrowed")
            ? new Narrowing(
                Fields.flag(entity, "readOnly"),
                Fields.texts(entity, "types"),
                Fields.texts(entity, "attributes"))
            : null,
        Fields.text(entity, "hash"),
        Fields.time(entity, "since"),
        Fields.time(entity, "until"),
        Fields.findTime(entity, "lastUsed").orElse(null),
        Fields.findText(entity, "revokedBecause").orElse(null));
  }
}
