package mimo.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a list of runs: a projection of the run's journal (D1).
///
/// @param workflow its name; empty if the journal is damaged
/// @param startedAt null if the journal is damaged
/// @param endedAt null unless it ended for good
/// @param asked how many steps were asked for
/// @param completed how many of them ended with a value
/// @param failed how many of them ended without one
/// @param progress how far it has come
public record RunSummary(
    RunId id,
    String workflow,
    RunState state,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    int asked,
    int completed,
    int failed,
    RunProgress progress) {}
