package plaza.links.mqtt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a broker's answers.
///
/// @param settings name the broker and how long to wait
record Answers(MqttSettings settings) {

  /// @param doing what was asked of the broker, such as `connect`
  <T> T await(CompletableFuture<T> answer, String doing) throws IOException, InterruptedException {
    try {
      return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(
          settings.broker() + " did not answer to " + doing + " within " + settings.timeout(), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IOException(settings.broker() + ": " + doing + " failed: " + reason(e), e);
    }
  }

  static String reason(Throwable e) {
    var cause = e;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
