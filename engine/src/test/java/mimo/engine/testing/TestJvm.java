package mimo.engine.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small JVM beside the tests' own, for what only another process can show.
public final class TestJvm {

  private TestJvm() {}

  /// Starts a program of the tests; its standard error goes to ours.
  public static Process start(Class<?> program, String... arguments) throws IOException {
    return of(program, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// A program of the tests, before it is started.
  public static ProcessBuilder of(Class<?> program, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
