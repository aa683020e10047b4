package plaza.ngsild.distribute;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import plaza.graph.Attribute;
import plaza.graph.Content;
import plaza.graph.Entity;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.ledger.store.Recorded;
import plaza.ngsild.source.Registration;

/// What instances are called that other servers recorded (clause 4.5.7), so that they can be erased
/// and corrected from here.
///
/// What another Plaza calls one could be the name of one that is recorded here: such a name is
/// shown with a mark of the registration behind it, and goes back to that source without.
final class Instances {
  private static final String MARK = ":at:";

  private Instances() {}

  /// An evolution of a source, its instances named so that they cannot be taken for ours.
  static Entity named(Entity evolution, Registration registration) {
    return evolution.with(
        evolution.attributes().stream().map(one -> named(one, registration)).toList());
  }

  private static Attribute named(Attribute instance, Registration registration) {
    for (int i = 0; i < instance.subAttributes().size(); i++) {
      var sub = instance.subAttributes().get(i);
      if (!sub.name().equals(Names.INSTANCE_ID)
          || !(sub.content() instanceof Content.Property(Value.Text(var id)))
          || Recorded.place(ours(id)).isEmpty()) continue;
      var subs = new java.util.ArrayList<>(instance.subAttributes());
      subs.set(i, Attribute.of(Names.INSTANCE_ID, Value.of(id + mark(registration))));
      return instance.with(subs);
    }
    return instance;
  }

  private static String ours(String id) {
    int marked = id.indexOf(MARK);
    return marked < 0 ? id : id.substring(0, marked);
  }

  /// What a source itself calls an instance.
  static String there(String id, Registration registration) {
    var mark = mark(registration);
    return id.endsWith(mark) ? id.substring(0, id.length() - mark.length()) : id;
  }

  private static String mark(Registration registration) {
    var sum = new CRC32C();
    sum.update(registration.id().getBytes(StandardCharsets.UTF_8));
    return MARK + HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
