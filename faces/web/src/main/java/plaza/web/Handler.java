package plaza.web;

/// Answers one request. Runs on a virtual thread of its own and may block; a [plaza.graph.Refusal]
/// it throws becomes the answer its routes' [Errors] give.
@FunctionalInterface
public interface Handler {
  void handle(Exchange exchange) throws Exception;
}
