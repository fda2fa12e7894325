package mimo.agent.mcp.rpc;

import java.io.IOException;

/// Carries messages to somebody and back. Thread-safe.
public interface RpcChannel extends AutoCloseable {

  /// Begins to receive; called once, before anything is sent.
  void open(Receiver receiver);

  /// Sends a message; does not wait for what may be said to it.
  ///
  /// @throws IOException if it cannot be sent
  void send(RpcMessage message) throws IOException;

  /// Nobody waits any longer for the answer to this question.
  default void abandon(RpcMessage.Request question) {}

  /// The version of the protocol that both speak from now on.
  default void agreed(String version) {}

  /// Ends it. What is still under way is lost.
  @Override
  void close();

  /// Whoever hears what comes. Called from the channel's threads, one message after the other.
  interface Receiver {

    void received(RpcMessage message);

    /// Nothing more comes. Called once, unless the channel was closed from here.
    ///
    /// @param why for people
    void ended(String why);
  }
}
