package mimo.engine.reuse;

import org.jspecify.annotations.Nullable;

/// A member in which two requests differ.
///
/// @param before its value as JSON text; null if it was not there
/// @param now the same of the later request
public record Difference(String member, @Nullable String before, @Nullable String now) {}
