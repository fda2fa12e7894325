package mimo.cli.script;

/// A workflow's script, read.
///
/// @param name what errors call it: the path as it was typed, or the built-in's file name
/// @param location where a resume finds it again: an absolute path, or `builtin:<name>`
public record Script(String name, String location, String text) {}
