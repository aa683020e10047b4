package plaza.access.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import plaza.graph.Value;

/// What an entry of an [AuditChain] tells, before it has its place in the chain.
///
/// @param action what was done, such as `keyIssued`
/// @param subject URI of what it was done to
/// @param details what else is worth knowing; never a secret
public record Event(String action, String subject, Value.Struct details) {
  public static Event of(String action, String subject) {
    return new Event(action, subject, Value.Struct.EMPTY);
  }

  public Event with(String name, String text) {
    return with(name, Value.of(text));
  }

  public Event with(String name, Value value) {
    Map<String, Value> members = new LinkedHashMap<>(details.members());
    members.put(name, value);
    return new Event(action, subject, new Value.Struct(members));
  }
}
