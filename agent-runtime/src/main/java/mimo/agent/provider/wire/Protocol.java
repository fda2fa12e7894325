package mimo.agent.provider.wire;

import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.http.HttpPost;

/// One way of speaking to a model over HTTP: how a request is written and what a stream says.
/// Thread-safe.
public interface Protocol {

  /// What is appended to a provider's address.
  String path();

  HttpPost.Manner manner();

  /// The body of a request; equal requests give equal bytes (A31).
  ///
  /// @throws IllegalArgumentException if the schema of a tool is not JSON
  String write(ModelRequest request);

  /// Hears that a request was refused as wrong. Where that says what `model` does not take,
  /// [#write] leaves it out from then on.
  default void refused(String model, ProviderError error) {}

  /// A reader for the events of one reply.
  EventParser parser();

  /// What must arrive before a reply counts, for people.
  String terminal();

  /// What the provider's word for why a model stopped means.
  Ending ending(String reason);

  /// How a reply that came whole has ended.
  sealed interface Ending {

    /// It may be used.
    record Usable(Finish finish) implements Ending {}

    /// The provider stopped its model: the reply is discarded.
    record Broken() implements Ending {}

    /// The conversation has filled all the model can take.
    record Overflow() implements Ending {}
  }
}
