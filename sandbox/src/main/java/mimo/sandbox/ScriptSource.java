package mimo.sandbox;

/// The text of one script file, under the name by which people know it.
///
/// @param name the path or name shown in errors, for example `review.js`
/// @param text the whole file as it was read
public record ScriptSource(String name, String text) {}
