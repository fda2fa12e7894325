package mimo.agent.checkpoint;

/// What had no room in a section, and goes to a file of its own (K11).
///
/// @param text items, as they stood in the section
public record Spill(Section section, String text) {}
