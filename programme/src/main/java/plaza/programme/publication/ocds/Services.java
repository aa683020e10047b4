package plaza.programme.publication.ocds;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plaza.graph.Value;
import plaza.programme.publication.Event;
import plaza.programme.record.Dossier;

/// A service without a pilot, in the shape of what was agreed with an organisation: its operator,
/// or the department that runs it.
final class Services {
  private Services() {}

  static List<Event> asPilots(List<Event> history) {
    return history.stream()
        .map(event ->
            new Event(
                event.number(), event.at(), event.action(), event.from(), asPilot(event.record())))
        .toList();
  }

  private static Dossier asPilot(Dossier service) {
    var fields = new LinkedHashMap<String, Value>(service.fields());
    copy(service, "department", fields, "organisation");
    copy(service, "operator", fields, "organisation");
    copy(service, "withoutPilot", fields, "withoutCall");
    copy(service, "launchedAt", fields, "startDate");
    copy(service, "sunsetDate", fields, "endDate");
    return Dossier.of(service.kind(), service.id(), service.state(), fields);
  }

  private static void copy(Dossier service, String field, Map<String, Value> fields, String as) {
    service.find(field).ifPresent(value -> fields.put(as, value));
  }
}
