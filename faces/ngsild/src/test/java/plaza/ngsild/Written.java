package plaza.ngsild;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import plaza.graph.Entity;
import plaza.json.JsonWriter;
import plaza.ngsild.context.Context;
import plaza.ngsild.represent.EntityWriter;
import plaza.ngsild.represent.Representation;

/// The JSON text of what is written.
public final class Written {
  private Written() {}

  public static String entity(Entity entity, Context context, Representation how) {
    return text(out -> new EntityWriter(context, how, out).write(entity, false));
  }

  public static String text(Consumer<JsonWriter> writes) {
    var out = new ByteArrayOutputStream();
    try (var writer = new JsonWriter(out)) {
      writes.accept(writer);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
