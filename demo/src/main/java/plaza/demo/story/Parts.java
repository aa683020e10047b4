package plaza.demo.story;

import plaza.demo.people.Cast;
import plaza.graph.Address;
import plaza.programme.Programme;
import plaza.programme.procedure.Caller;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// Who does what in the story: the programme's commands, given by the demo's people.
record Parts(Programme programme, Cast cast) {
  Caller caller(String part) {
    return Caller.of(cast.actor(part), Address.DEFAULT);
  }

  Dossier move(String part, Dossier record, String action, String json) {
    return move(part, record.kind(), record.id(), action, json);
  }

  Dossier move(String part, Kind kind, String id, String action, String json) {
    return programme.transition(caller(part), kind, id, action, Json.of(json), null).record();
  }

  String organisation(String name) {
    return cast.organizationId(name);
  }
}
