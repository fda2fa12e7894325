package mimo.engine.journal;

import java.util.List;
import java.util.Optional;

/// Requests to whoever owns a stream, kept until one process has answered them (D45). Thread-safe.
///
/// A request is no entry: anybody may write one, and only the owner writes entries. The entry that
/// applies a request carries its id, so that an owner who died between the two is understood.
public interface ControlBox {

  /// Writes a request down. It is durable when this returns.
  ///
  /// @param body JSON text, redacted
  /// @return its id, greater than that of every earlier request to any stream
  long post(StreamId stream, String body);

  /// Requests to any stream, written after the one with this id and not yet answered, in the order
  /// of their ids; at most [mimo.engine.EngineLimits#CONTROL_PAGE].
  List<Posted> postedAfter(long id);

  /// All requests to a stream that are not yet answered, in the order of their ids.
  List<Posted> posted(StreamId stream);

  /// Says what became of a request. The first answer stands. Durable when this returns.
  ///
  /// @param lease the right to speak for the stream that was asked
  /// @param outcome JSON text, redacted
  /// @throws mimo.engine.EngineException.LeaseRefused `fenced` if another process has taken the
  ///   stream over: the request is his to answer, and nothing is written (D42)
  void answer(Lease lease, long id, String outcome);

  /// What became of a request; empty while nobody has answered it.
  Optional<String> answered(long id);

  /// A request as it is stored.
  record Posted(long id, StreamId stream, String body) {}
}
