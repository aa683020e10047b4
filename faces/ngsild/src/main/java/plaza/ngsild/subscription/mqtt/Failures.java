package plaza.ngsild.subscription.mqtt;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import plaza.graph.Refusal;
import plaza.ngsild.subscription.delivery.Reply;

/// What a broker's answers and silences mean for a message.
final class Failures {
  private Failures() {}

  static Reply reply(Throwable failure) {
    var cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) cause = cause.getCause();
    return switch (cause) {
      case Refusal refusal -> new Reply.Unreached(String.valueOf(refusal.getMessage()));
      case Mqtt5ConnAckException e -> refused(e.getMqttMessage().getReasonCode().name(), false);
      case Mqtt3ConnAckException e -> refused(e.getMqttMessage().getReturnCode().name(), false);
      case Mqtt5PubAckException e -> refusedForIts(e.getMqttMessage().getReasonCode().name());
      case Mqtt5PubRecException e -> refusedForIts(e.getMqttMessage().getReasonCode().name());
      // Larger than the broker takes.
      case MqttEncodeException e -> refused(String.valueOf(e.getMessage()), true);
      default ->
          new Reply.Unreached(cause.getClass().getSimpleName() + ": " + root(cause).getMessage());
    };
  }

  private static Reply refusedForIts(String reason) {
    return refused(
        reason, reason.equals("TOPIC_NAME_INVALID") || reason.equals("PAYLOAD_FORMAT_INVALID"));
  }

  private static Reply refused(String reason, boolean forGood) {
    return new Reply.Refused("the broker answered " + reason, forGood);
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) root = root.getCause();
    return root;
  }
}
