package mimo.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A question that a run has asked, and what came of it, as its journal tells.
///
/// @param generation the generation of the run that asks
/// @param schema what an answer must satisfy, as JSON text
/// @param fallback what counts if nobody answers in time, as JSON text; null if nothing does
/// @param expiry until when an answer may come; null for ever
/// @param answer the one that counts; null if there is none
/// @param open whether an answer may still come
public record AskedGate(
    int generation,
    int seq,
    String question,
    String schema,
    @Nullable String fallback,
    @Nullable Instant expiry,
    @Nullable GateAnswer answer,
    boolean open) {

  /// The same with the answer that counts.
  AskedGate answered(GateAnswer first) {
    return new AskedGate(generation, seq, question, schema, fallback, expiry, first, false);
  }

  /// The same, over without an answer.
  AskedGate closed() {
    return new AskedGate(generation, seq, question, schema, fallback, expiry, answer, false);
  }
}
