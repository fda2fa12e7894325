package mimo.engine;

/// Where a fork leaves the run it is made of (D38).
///
/// @param step the first step that is the fork's own
/// @param later what becomes of the source's steps from there on
public record ForkPoint(RunId source, int step, RunOrigin.Later later) {}
