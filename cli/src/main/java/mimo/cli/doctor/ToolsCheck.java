package mimo.cli.doctor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Programs that agents and projects often use. mimo itself needs none of them.
///
/// @param searchPath the folders programs are found in, as the variable PATH has them
public record ToolsCheck(String searchPath) implements Check {

  private static final List<String> PROGRAMS = List.of("git", "rg", "node");

  @Override
  public String area() {
    return "tools";
  }

  @Override
  public List<Finding> look() {
    return PROGRAMS.stream().map(this::finding).toList();
  }

  private Finding finding(String program) {
    var file =
        Stream.of(searchPath.split(":", -1))
            .map(ToolsCheck::folder)
            .filter(Objects::nonNull)
            .map(folder -> folder.resolve(program))
            .filter(Files::isExecutable)
            .findFirst();
    return Finding.ok(
        area(), program + file.map(found -> " is " + found).orElse(" is not installed"));
  }

  private static @Nullable Path folder(String name) {
    try {
      var folder = Path.of(name);
      return folder.isAbsolute() ? folder : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
