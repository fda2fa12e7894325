package mimo.engine;

import java.time.Instant;

/// A control request that somebody made of a run, as it is stored: secrets are gone from it.
///
/// @param id grows with each request to any run of the store; the entry that applies it names it
/// @param who asked, as far as is known
public record Asked(long id, RunId run, ControlRequest request, String who, Instant at) {}
