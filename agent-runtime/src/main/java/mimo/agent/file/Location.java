package mimo.agent.file;

import java.nio.file.Path;

/// What a path given by a script or a model leads to.
public sealed interface Location {

  /// Something inside the workspace.
  ///
  /// @param asked the path as it was given, with `/` between its parts
  /// @param real the target relative to the workspace, free of links
  record Inside(String asked, Path real, Kind kind) implements Location {}

  /// Nothing is there, and it would be inside.
  record Missing(String asked) implements Location {}

  /// The path leads out of the workspace, or nobody can say where it leads (S39).
  ///
  /// @param message what was found, without any path of this machine
  record Refused(String message) implements Location {

    /// The name of the error.
    public static final String CODE = "path_escape";
  }

  /// What stands at a path.
  enum Kind {
    FILE,
    FOLDER
  }
}
