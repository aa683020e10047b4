package plaza.store.bytes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Value;

/// Entities and attribute instances as bytes. Names are numbers of the [Dictionary]; times are
/// differences to a time both sides know, which is most often zero.
public final class EntityCodec {
  private static final int TEXT = 0;
  private static final int WHOLE = 1;
  private static final int DECIMAL = 2;
  private static final int TRUE = 3;
  private static final int FALSE = 4;
  private static final int OTHER_VALUE = 5;
  private static final int OBJECT = 6;
  private static final int RELATIONSHIP = 7;
  private static final int POINT = 8;
  private static final int GEOMETRY = 9;
  private static final int LANGUAGE = 10;
  private static final int VOCAB = 11;
  private static final int JSON = 12;
  private static final int LIST = 13;
  private static final int LIST_RELATIONSHIP = 14;
  private static final int KINDS = 16;

  private static final int DATASET = 1 << 4;
  private static final int OBSERVED = 1 << 5;
  private static final int CREATED = 1 << 6;
  private static final int MODIFIED = 1 << 7;
  private static final int SUBS = 1 << 8;
  private static final int UNIT = 1 << 9;
  private static final int DELETED = 1 << 10;
  private static final int EXPIRES = 1 << 11;

  private final Dictionary names;

  public EntityCodec(Dictionary names) {
    this.names = names;
  }

  /// Everything but the id, which the key holds.
  public void write(ByteWriter out, Entity entity) {
    var base = orEpoch(entity.modifiedAt());
    out.u8(
        (entity.createdAt() == null ? 0 : 1)
            | (entity.modifiedAt() == null ? 0 : 2)
            | (entity.expiresAt() == null ? 0 : 4));
    out.i64(Times.micros(base));
    if (entity.createdAt() != null) time(out, entity.createdAt(), base);
    if (entity.expiresAt() != null) time(out, entity.expiresAt(), base);
    out.varint(entity.version());
    out.varint(entity.types().size());
    for (var type : entity.types()) out.varint(names.number(type));
    texts(out, entity.scopes());
    out.varint(entity.attributes().size());
    for (var attribute : entity.attributes()) {
      out.varint(names.number(attribute.name()));
      write(out, attribute, base);
    }
  }

  public Entity read(ByteReader in, String id) {
    int flags = in.u8();
    var base = Times.instant(in.i64());
    var created = (flags & 1) == 0 ? null : time(in, base);
    var expires = (flags & 4) == 0 ? null : time(in, base);
    long version = in.varint();
    int typeCount = in.count();
    List<String> types = new ArrayList<>(typeCount);
    for (int i = 0; i < typeCount; i++) types.add(names.name(in.count()));
    var scopes = texts(in);
    int count = in.count();
    var attributes = new ArrayList<Attribute>(Math.min(count, 4096));
    for (int i = 0; i < count; i++) attributes.add(read(in, names.name(in.count()), base));
    return new Entity(
        id, types, scopes, attributes, created, (flags & 2) == 0 ? null : base, expires, version);
  }

  /// Everything but the name.
  ///
  /// @param base a time the reader knows
  public void write(ByteWriter out, Attribute attribute, Instant base) {
    int kind = kind(attribute.content());
    out.varint(
        kind
            | (attribute.datasetId() == null ? 0 : DATASET)
            | (attribute.observedAt() == null ? 0 : OBSERVED)
            | (attribute.createdAt() == null ? 0 : CREATED)
            | (attribute.modifiedAt() == null ? 0 : MODIFIED)
            | (attribute.subAttributes().isEmpty() ? 0 : SUBS)
            | (attribute.unitCode() == null ? 0 : UNIT)
            | (attribute.deletedAt() == null ? 0 : DELETED)
            | (attribute.expiresAt() == null ? 0 : EXPIRES));
    write(out, attribute.content());
    if (attribute.datasetId() != null) out.text(attribute.datasetId());
    if (attribute.observedAt() != null) time(out, attribute.observedAt(), base);
    if (attribute.createdAt() != null) time(out, attribute.createdAt(), base);
    if (attribute.modifiedAt() != null) time(out, attribute.modifiedAt(), base);
    if (attribute.unitCode() != null) out.text(attribute.unitCode());
    if (attribute.deletedAt() != null) time(out, attribute.deletedAt(), base);
    if (attribute.expiresAt() != null) time(out, attribute.expiresAt(), base);
    if (!attribute.subAttributes().isEmpty()) {
      out.varint(attribute.subAttributes().size());
      for (var sub : attribute.subAttributes()) {
        out.varint(names.number(sub.name()));
        write(out, sub, base);
      }
    }
  }

  /// Looks at the beginning of an attribute only.
  public static boolean isObserved(ByteReader in) {
    return (in.count() & OBSERVED) != 0;
  }

  /// Looks at the beginning of an attribute only.
  public static boolean isDeleted(ByteReader in) {
    return (in.count() & DELETED) != 0;
  }

  public Attribute read(ByteReader in, String name, Instant base) {
    int flags = in.count();
    var content = content(in, flags & (KINDS - 1));
    var dataset = (flags & DATASET) == 0 ? null : in.text();
    var observed = (flags & OBSERVED) == 0 ? null : time(in, base);
    var created = (flags & CREATED) == 0 ? null : time(in, base);
    var modified = (flags & MODIFIED) == 0 ? null : time(in, base);
    var unit = (flags & UNIT) == 0 ? null : in.text();
    var deleted = (flags & DELETED) == 0 ? null : time(in, base);
    var expires = (flags & EXPIRES) == 0 ? null : time(in, base);
    List<Attribute> subs = List.of();
    if ((flags & SUBS) != 0) {
      int count = in.count();
      subs = new ArrayList<>(Math.min(count, 1024));
      for (int i = 0; i < count; i++) subs.add(read(in, names.name(in.count()), base));
    }
    return new Attribute(
        name, dataset, content, observed, unit, subs, created, modified, deleted, expires);
  }

  private static int kind(Content content) {
    return switch (content) {
      case Content.Property(var value) ->
          switch (value) {
            case Value.Text _ -> TEXT;
            case Value.Whole _ -> WHOLE;
            case Value.Decimal _ -> DECIMAL;
            case Value.Flag(boolean set) -> set ? TRUE : FALSE;
            case Value.Null _, Value.Items _, Value.Struct _ -> OTHER_VALUE;
          };
      case Content.Relationship(var objects, var types, boolean many) ->
          objects.size() == 1 && types.isEmpty() && !many ? OBJECT : RELATIONSHIP;
      case Content.GeoProperty(var place) -> ValueCodec.isPlainPoint(place) ? POINT : GEOMETRY;
      case Content.LanguageProperty _ -> LANGUAGE;
      case Content.VocabProperty _ -> VOCAB;
      case Content.JsonProperty _ -> JSON;
      case Content.ListProperty _ -> LIST;
      case Content.ListRelationship _ -> LIST_RELATIONSHIP;
    };
  }

  private void write(ByteWriter out, Content content) {
    switch (content) {
      case Content.Property(Value.Text(var text)) -> out.text(text);
      case Content.Property(Value.Whole(long number)) -> out.zigzag(number);
      case Content.Property(Value.Decimal(double number)) -> out.f64(number);
      case Content.Property(Value.Flag _) -> {}
      case Content.Property(var value) -> ValueCodec.write(out, value);
      case Content.Relationship(var objects, var types, boolean many) -> {
        if (objects.size() == 1 && types.isEmpty() && !many) out.text(objects.getFirst());
        else {
          texts(out, objects);
          names(out, types);
          out.u8(many ? 1 : 0);
        }
      }
      case Content.GeoProperty(var place) -> {
        if (ValueCodec.isPlainPoint(place)) ValueCodec.writePoint(out, place);
        else ValueCodec.writeMembers(out, place.geoJson().members());
      }
      case Content.LanguageProperty(var texts) -> ValueCodec.writeMembers(out, texts);
      case Content.VocabProperty(var terms, boolean many) -> {
        texts(out, terms);
        out.u8(many ? 1 : 0);
      }
      case Content.JsonProperty(var json) -> ValueCodec.write(out, json);
      case Content.ListProperty(var values) -> ValueCodec.writeAll(out, values);
      case Content.ListRelationship(var objects, var types) -> {
        texts(out, objects);
        names(out, types);
      }
    }
  }

  private Content content(ByteReader in, int kind) {
    return switch (kind) {
      case TEXT -> new Content.Property(new Value.Text(in.text()));
      case WHOLE -> new Content.Property(new Value.Whole(in.zigzag()));
      case DECIMAL -> new Content.Property(new Value.Decimal(in.f64()));
      case TRUE -> new Content.Property(new Value.Flag(true));
      case FALSE -> new Content.Property(new Value.Flag(false));
      case OTHER_VALUE -> new Content.Property(ValueCodec.read(in));
      case OBJECT -> new Content.Relationship(in.text());
      case RELATIONSHIP -> new Content.Relationship(texts(in), names(in), in.u8() == 1);
      case POINT -> new Content.GeoProperty(ValueCodec.readPoint(in));
      case GEOMETRY ->
          new Content.GeoProperty(GeoValue.trusted(new Value.Struct(ValueCodec.readMembers(in))));
      case LANGUAGE ->
          new Content.LanguageProperty(new LinkedHashMap<>(ValueCodec.readMembers(in)));
      case VOCAB -> new Content.VocabProperty(texts(in), in.u8() == 1);
      case JSON -> new Content.JsonProperty(ValueCodec.read(in));
      case LIST -> new Content.ListProperty(ValueCodec.readAll(in));
      case LIST_RELATIONSHIP -> new Content.ListRelationship(texts(in), names(in));
      default -> throw new Corrupt("an attribute cannot be of the kind " + kind);
    };
  }

  private void names(ByteWriter out, List<String> list) {
    out.varint(list.size());
    for (var name : list) out.varint(names.number(name));
  }

  private List<String> names(ByteReader in) {
    int count = in.count();
    var list = new ArrayList<String>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) list.add(names.name(in.count()));
    return list;
  }

  private static void texts(ByteWriter out, List<String> texts) {
    out.varint(texts.size());
    for (var text : texts) out.text(text);
  }

  private static List<String> texts(ByteReader in) {
    int count = in.count();
    if (count == 0) return List.of();
    var texts = new ArrayList<String>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) texts.add(in.text());
    return texts;
  }

  public static Instant orEpoch(@Nullable Instant at) {
    return at == null ? Instant.EPOCH : at;
  }

  private static void time(ByteWriter out, Instant at, Instant base) {
    out.zigzag(at.equals(base) ? 0 : Times.micros(at) - Times.micros(base));
  }

  private static Instant time(ByteReader in, Instant base) {
    long difference = in.zigzag();
    return difference == 0 ? base : Times.instant(Times.micros(base) + difference);
  }
}
