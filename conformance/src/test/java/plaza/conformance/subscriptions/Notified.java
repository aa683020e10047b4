package plaza.conformance.subscriptions;

import org.junit.jupiter.api.AfterEach;
import plaza.conformance.Checks;
import plaza.conformance.Receiver;
import plaza.conformance.Request;

/// One entity, and a receiver that is told of it.
abstract class Notified extends Checks {
  final Receiver receiver = new Receiver();
  final String type = newType();
  final String id = newId();
  String subscription = "";

  @AfterEach
  void unsubscribe() {
    if (!subscription.isEmpty())
      delete("/subscriptions/" + Request.encode(subscription)).expect(204);
  }

  /// @param members of the subscription beside its entities
  /// @param notification members beside the endpoint
  void subscribe(String members, String notification, String endpoint) {
    var body =
        "{'type':'Subscription','entities':[{'type':'%s'}]%s,'notification':{%s'endpoint':{'uri':'%s'%s}}}"
            .formatted(
                type,
                members.isEmpty() ? "" : "," + members,
                notification.isEmpty() ? "" : notification + ",",
                receiver.url(),
                endpoint.isEmpty() ? "" : "," + endpoint);
    var location = post("/subscriptions").json(body).expect(201).header("Location");
    subscription = location.substring(location.lastIndexOf('/') + 1);
  }

  void subscribe(String members) {
    subscribe(members, "", "");
  }

  void create(int speed) {
    create(id, type, "'speed':{'type':'Property','value':%d}".formatted(speed));
  }

  void update(int speed) {
    patch(entity(id) + "/attrs")
        .json("{'speed':{'type':'Property','value':%d}}".formatted(speed))
        .expect(204);
  }
}
