package mimo.engine;

/// One thing a run was asked for and did not get (L107).
///
/// @param seq the step that ended without a value, or 0 if no step was involved
/// @param label what was lost, in the words of the script
/// @param phase the group it belonged to; empty for none
/// @param reason a snake_case name, for example `timeout`
public record Loss(int seq, String label, String phase, String reason) {}
