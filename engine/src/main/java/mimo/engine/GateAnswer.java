package mimo.engine;

/// What somebody answered to a [Gate].
///
/// @param value JSON text
/// @param who gave it, for people
/// @param channel how it came, for example `terminal` or `command`
public record GateAnswer(String value, String who, String channel) {}
