package mimo.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why a run parks, and until when.
///
/// @param until null if only somebody's deed ends it
record Parking(ParkReason reason, String code, String message, @Nullable Instant until) {}
