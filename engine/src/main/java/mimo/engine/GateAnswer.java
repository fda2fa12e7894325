package mimo.engine;

import org.jspecify.annotations.Nullable;

/// What somebody answered to a [Gate].
///
/// @param value JSON text
/// @param who gave it, for people
/// @param channel how it came, for example `terminal` or `command`
/// @param request the id of the control request that brought it; null if none did
public record GateAnswer(String value, String who, String channel, @Nullable String request) {}
