package mimo.engine.journal;

import mimo.engine.EngineException;

/// Hears what became of one append. Called once, on the journal's own thread and in the order of
/// the appends: implementations are quick, do not throw and do not append.
public interface AppendListener {

  /// The records survive a power cut.
  void durable();

  /// The records are not in the journal, and nothing after them will be.
  void failed(EngineException cause);
}
