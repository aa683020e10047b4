package plaza.ngsild.subscription.delivery;

import java.util.List;

/// What a receiver gets.
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
public record Message(String contentType, List<Header> headers, byte[] body) {
  public Message {
    headers = List.copyOf(headers);
  }
}
