package plaza.programme.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.graph.change.Edit;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.graph.query.Query;
import plaza.ledger.Actor;
import plaza.ledger.Reader;

/// Finds dossiers in the graph and says which edits make one of another.
public final class Dossiers {
  /// Who reads and writes for the programme when no person asked.
  public static final Actor PROGRAMME = new Actor("urn:plaza:programme", "programme");

  /// When a record was first written, of one that was written anew.
  public static final String BORN = "firstWrittenAt";

  private static final String STATE = Names.PLAZA + "state";
  private final Reader reader;

  public Dossiers(Reader reader) {
    this.reader = reader;
  }

  public Dossier get(Address address, Kind kind, String id) {
    return find(address, kind, id)
        .orElseThrow(() -> new Refusal.NotFound("there is no " + kind.title() + " " + id));
  }

  public Optional<Dossier> find(Address address, Kind kind, String id) {
    return reader
        .find(PROGRAMME, address, id)
        .filter(entity -> entity.is(kind.type()))
        .map(entity -> dossier(kind, entity));
  }

  /// Those of some records that are there, in that order.
  public List<Dossier> findAll(Address address, Kind kind, List<String> ids) {
    return reader.findAll(PROGRAMME, address, ids).values().stream()
        .filter(entity -> entity.is(kind.type()))
        .map(entity -> dossier(kind, entity))
        .toList();
  }

  public List<Dossier> list(Address address, Kind kind) {
    return list(address, kind, List.of());
  }

  /// Records of which each named field has (or contains) the text.
  public List<Dossier> list(Address address, Kind kind, List<Having> having) {
    var found = new ArrayList<Dossier>();
    each(address, kind, having, found::add);
    return found;
  }

  /// A field and the text it must have; a list must contain it.
  public record Having(String field, String text) {}

  public void each(Address address, Kind kind, List<Having> having, Predicate<Dossier> visitor) {
    var query = Query.type(kind.type());
    if (!having.isEmpty())
      query = query.where(new Condition.And(having.stream().map(h -> condition(kind, h)).toList()));
    reader.each(PROGRAMME, address, query, entity -> visitor.test(dossier(kind, entity)));
  }

  private static Condition condition(Kind kind, Having having) {
    var open = equal(Names.PLAZA + having.field(), having.text());
    if (having.field().equals("state")) return open;
    var secret = equal(Names.PRIVATE + having.field(), having.text());
    if (kind.isAlwaysSecret(having.field())) return secret;
    return kind.everConceals() ? new Condition.Or(List.of(open, secret)) : open;
  }

  private static Condition equal(String attribute, String text) {
    return new Condition.Test(
        Path.of(attribute), Condition.Operator.EQUAL, new Operand.Exactly(Value.of(text)));
  }

  /// The edits that turn one version into the next, first of all that it still is what it was.
  ///
  /// @param before null when the record is new
  public static List<Edit> edits(@Nullable Dossier before, Dossier after) {
    if (before == null) return List.of(new Edit.Create(entity(after)));
    var edits = new ArrayList<Edit>();
    edits.add(new Edit.Expect(after.id(), before.version()));
    var was = entity(before).attributes();
    var is = entity(after).attributes();
    var changed = is.stream().filter(attribute -> !was.contains(attribute)).toList();
    if (!changed.isEmpty())
      edits.add(new Edit.Append(Entity.of(after.id(), after.kind().type(), changed), true, false));
    for (var attribute : was)
      if (is.stream().noneMatch(attribute::sameInstanceAs))
        edits.add(new Edit.DeleteAttribute(after.id(), attribute.name(), null, false));
    return edits;
  }

  /// Some fields of a record as they lie in the graph.
  public static Entity fragment(Dossier dossier, Collection<String> fields) {
    var attributes = new ArrayList<Attribute>();
    dossier
        .fields()
        .forEach((field, value) -> {
          if (fields.contains(field)) attributes.add(attribute(dossier, field, value));
        });
    return Entity.of(dossier.id(), dossier.kind().type(), attributes);
  }

  /// Ids of records that nobody has changed since a moment.
  public List<String> unchangedSince(
      Address address, Kind kind, List<Having> having, Instant since) {
    var found = new ArrayList<String>();
    var query = Query.type(kind.type());
    if (!having.isEmpty())
      query = query.where(new Condition.And(having.stream().map(h -> condition(kind, h)).toList()));
    reader.each(
        PROGRAMME,
        address,
        query,
        entity -> {
          var changed = entity.modifiedAt();
          if (changed != null && !changed.isAfter(since)) found.add(entity.id());
          return true;
        });
    return found;
  }

  private static Entity entity(Dossier dossier) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(Attribute.of(STATE, Value.of(dossier.state())));
    dossier.fields().forEach((field, value) -> attributes.add(attribute(dossier, field, value)));
    return Entity.of(dossier.id(), dossier.kind().type(), attributes);
  }

  private static Attribute attribute(Dossier dossier, String field, Value value) {
    boolean secret = dossier.kind().isSecret(field, dossier.state());
    if ((field.equals("location") || field.equals("area")) && value instanceof Value.Struct shape) {
      var name =
          secret
              ? Names.PRIVATE + field
              : field.equals("location") ? Names.LOCATION : Names.PLAZA + field;
      return Attribute.of(name, new Content.GeoProperty(GeoValue.of(shape)));
    }
    var name = (secret ? Names.PRIVATE : Names.PLAZA) + field;
    if (dossier.kind().isLink(field) && !dossier.texts(field).isEmpty())
      return Attribute.of(
          name,
          new Content.Relationship(dossier.texts(field), List.of(), value instanceof Value.Items));
    return Attribute.of(name, value);
  }

  /// An entity of the kind as a dossier.
  public static Dossier dossier(Kind kind, Entity entity) {
    var fields = new LinkedHashMap<String, Value>();
    var state = Dossier.KEPT;
    for (var attribute : entity.attributes()) {
      var field = field(attribute.name());
      var value = value(attribute.content());
      if (field.equals("state") && value instanceof Value.Text(var text)) state = text;
      else fields.put(field, value);
    }
    var born = fields.get(BORN) instanceof Value.Text(var text) ? Instant.parse(text) : null;
    return new Dossier(
        kind,
        entity.id(),
        state,
        fields,
        entity.version(),
        born == null ? entity.createdAt() : born);
  }

  private static String field(String name) {
    if (name.startsWith(Names.PLAZA)) return name.substring(Names.PLAZA.length());
    if (name.startsWith(Names.PRIVATE)) return name.substring(Names.PRIVATE.length());
    return name.equals(Names.LOCATION) ? "location" : name;
  }

  private static Value value(Content content) {
    return switch (content) {
      case Content.Property(var value) -> value;
      case Content.GeoProperty(var place) -> place.geoJson();
      case Content.Relationship(var objects, _, boolean many) ->
          many ? Value.of(objects) : Value.of(objects.getFirst());
      case Content.JsonProperty(var json) -> json;
      case Content.ListProperty(var values) -> new Value.Items(values);
      case Content.LanguageProperty(var texts) -> new Value.Struct(texts);
      case Content.VocabProperty(var terms, _) -> Value.of(terms);
      case Content.ListRelationship(var objects, _) -> Value.of(objects);
    };
  }
}
