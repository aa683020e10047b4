package plaza.store.bytes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plaza.graph.Attribute;
import plaza.graph.Entity;
import plaza.graph.change.Change;
import plaza.ledger.store.Commit;
import plaza.ledger.store.FeedEntry;
import plaza.ledger.store.Layer;
import plaza.ledger.store.Position;

/// Feed entries as bytes. An instance that entered the history and is the entity's state is written
/// once; the layer by name, since a feed outlives layers.
public final class FeedCodec {
  private final Dictionary names;
  private final EntityCodec entities;

  public FeedCodec(Dictionary names, EntityCodec entities) {
    this.names = names;
    this.entities = entities;
  }

  /// What stands before the changes of a commit.
  public void head(ByteWriter out, Commit commit) {
    int changes = commit.revisions().isEmpty() ? commit.steps().size() : commit.changes().size();
    head(out, commit.at(), commit.layer(), commit.actor(), changes);
  }

  private static void head(ByteWriter out, Instant at, Layer layer, String actor, int changes) {
    out.i64(Times.micros(at)).text(layer.tenant()).text(layer.branch()).text(actor);
    out.varint(changes);
  }

  /// @param entityBytes holds the entity from an index to its end
  public void change(ByteWriter out, Change change, Instant at, ByteWriter entityBytes, int from) {
    out.u8(number(change.kind())).text(change.entity().id());
    out.raw(entityBytes.array(), from, entityBytes.size() - from);
    attributes(out, change.recorded(), change.entity(), at);
    attributes(out, change.replaced(), change.entity(), at);
  }

  /// A whole entry.
  public byte[] bytes(FeedEntry entry) {
    var out = new ByteWriter(512);
    var state = new ByteWriter(512);
    head(out, entry.at(), entry.layer(), entry.actor(), entry.changes().size());
    for (var change : entry.changes()) {
      entities.write(state.clear(), change.entity());
      change(out, change, entry.at(), state, 0);
    }
    return out.toBytes();
  }

  public FeedEntry read(long position, byte[] bytes) {
    var in = new ByteReader(bytes);
    var at = Times.instant(in.i64());
    var layer = new Layer(in.text(), in.text());
    var actor = in.text();
    int count = in.count();
    var changes = new ArrayList<Change>(Math.min(count, 10_000));
    for (int i = 0; i < count; i++) {
      var kind = kind(in.u8());
      var entity = entities.read(in, in.text());
      changes.add(new Change(kind, entity, attributes(in, entity, at), attributes(in, entity, at)));
    }
    return new FeedEntry(new Position(position), at, layer, actor, changes);
  }

  private static int number(Change.Kind kind) {
    return switch (kind) {
      case CREATED -> 0;
      case UPDATED -> 1;
      case DELETED -> 2;
    };
  }

  private static Change.Kind kind(int number) {
    return switch (number) {
      case 0 -> Change.Kind.CREATED;
      case 1 -> Change.Kind.UPDATED;
      case 2 -> Change.Kind.DELETED;
      default -> throw new Corrupt("no change is of the kind " + number);
    };
  }

  private void attributes(ByteWriter out, List<Attribute> list, Entity entity, Instant at) {
    out.varint(list.size());
    int expected = 0;
    for (var attribute : list) {
      int known = indexOf(attribute, entity.attributes(), expected);
      out.varint(known + 1);
      if (known >= 0) expected = known + 1;
      else {
        out.varint(names.number(attribute.name()));
        entities.write(out, attribute, at);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very instance: an edit puts it into both lists
  private static int indexOf(Attribute attribute, List<Attribute> list, int expected) {
    if (expected < list.size() && list.get(expected) == attribute) return expected;
    for (int i = 0; i < list.size(); i++) if (list.get(i) == attribute) return i;
    return -1;
  }

  private List<Attribute> attributes(ByteReader in, Entity entity, Instant at) {
    int count = in.count();
    var list = new ArrayList<Attribute>(Math.min(count, 10_000));
    for (int i = 0; i < count; i++) {
      int known = in.count() - 1;
      list.add(
          known >= 0
              ? entity.attributes().get(known)
              : entities.read(in, names.name(in.count()), at));
    }
    return list;
  }
}
