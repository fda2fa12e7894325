package mimo.agent.testing;

import mimo.agent.provider.ModelReply.Finish;

/// Writes the events of one streamed reply in some protocol, in the shapes real providers use.
public interface ReplyScript {

  ReplyScript text(String text);

  ReplyScript reasoning(String text);

  ReplyScript toolCall(String id, String tool, String arguments);

  /// Why the model stops, in its protocol's word.
  ReplyScript finish(Finish finish);

  /// What the reply costs; all of the input is fresh.
  ReplyScript usage(long input, long output);

  /// An event of which only the data is given.
  ReplyScript raw(String data);

  /// The reply, closed as its protocol wants it.
  FakeReply done();

  /// The reply, closed by nothing.
  FakeReply ends();
}
