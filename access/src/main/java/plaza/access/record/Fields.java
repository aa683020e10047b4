package plaza.access.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.GeoValue;
import plaza.graph.Names;
import plaza.graph.Value;

/// Turns a record's components into private attributes and back. What is null is left out.
public final class Fields {
  private final String id;
  private final String type;
  private final List<Attribute> attributes = new ArrayList<>();

  private Fields(String id, String type) {
    this.id = id;
    this.type = type;
  }

  public static Fields of(String id, String type) {
    return new Fields(id, type);
  }

  public Fields text(String name, @Nullable String text) {
    return text == null ? this : value(name, Value.of(text));
  }

  public Fields time(String name, @Nullable Instant at) {
    return at == null ? this : value(name, Value.of(at.toString()));
  }

  public Fields flag(String name, boolean set) {
    return value(name, Value.of(set));
  }

  public Fields texts(String name, Collection<String> texts) {
    return texts.isEmpty() ? this : value(name, Value.of(List.copyOf(texts)));
  }

  public Fields place(String name, @Nullable GeoValue place) {
    return place == null ? this : content(name, new Content.GeoProperty(place));
  }

  private Fields value(String name, Value value) {
    return content(name, new Content.Property(value));
  }

  private Fields content(String name, Content content) {
    attributes.add(Attribute.of(Names.PRIVATE + name, content));
    return this;
  }

  public Entity entity() {
    return Entity.of(id, type, attributes);
  }

  public static String text(Entity entity, String name) {
    return findText(entity, name)
        .orElseThrow(() -> new IllegalStateException(entity.id() + " has no " + name));
  }

  public static Optional<String> findText(Entity entity, String name) {
    return entity.findText(Names.PRIVATE + name);
  }

  public static Instant time(Entity entity, String name) {
    return Instant.parse(text(entity, name));
  }

  public static Optional<Instant> findTime(Entity entity, String name) {
    return findText(entity, name).map(Instant::parse);
  }

  public static boolean flag(Entity entity, String name) {
    return entity
        .findValue(Names.PRIVATE + name)
        .filter(value -> value instanceof Value.Flag(boolean set) && set)
        .isPresent();
  }

  public static Set<String> texts(Entity entity, String name) {
    var texts = new TreeSet<String>();
    if (entity.findValue(Names.PRIVATE + name).orElse(null) instanceof Value.Items(var items))
      for (var item : items) if (item instanceof Value.Text(var text)) texts.add(text);
    return texts;
  }

  public static Optional<GeoValue> findPlace(Entity entity, String name) {
    return entity.findPlace(Names.PRIVATE + name);
  }
}
