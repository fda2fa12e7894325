package mimo.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mimo.sandbox.worker.WorkerArguments;
import mimo.sandbox.worker.WorkerMain;

/// The command lines that start a worker, wrapped and plain.
final class WorkerCommand {

  private static final int MIB = 1024 * 1024;

  /// What the dynamic linker needs beside the runtime itself.
  private static final List<String> SYSTEM_LIBRARIES =
      List.of("/lib", "/lib64", "/usr/lib", "/usr/lib64");

  private final WorkerSettings settings;

  WorkerCommand(WorkerSettings settings) {
    this.settings = settings;
  }

  List<String> plain() {
    var command = new ArrayList<String>();
    command.add(settings.java().toString());
    command.addAll(memoryFlags(settings.limits()));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            // Standard output carries frames; the JVM's own words must not get in between.
            "-XX:+DisplayVMOutputToStderr",
            "-XX:+ErrorFileToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dtruffle.UseFallbackRuntime=true",
            "-Dpolyglotimpl.AttachLibraryFailureAction=ignore"));
    command.addAll(settings.flags());
    command.add("-cp");
    command.add(
        settings.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(WorkerMain.class.getName());
    command.addAll(List.of(WorkerArguments.of(settings.limits())));
    return command;
  }

  private static List<String> memoryFlags(SandboxLimits limits) {
    return List.of(
        "-Xmx" + limits.memory().heapBytes() / MIB + "m",
        "-Xss1m",
        "-XX:MaxMetaspaceSize=96m",
        "-XX:MaxDirectMemorySize=16m");
  }

  /// The plain command inside namespaces of its own: no network, nothing to see but the runtime and
  /// the jars, at the paths they have outside.
  List<String> wrapped(Path bubblewrap) throws IOException {
    var command = new ArrayList<String>();
    command.add(bubblewrap.toString());
    command.addAll(
        List.of(
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--clearenv",
            "--cap-drop",
            "ALL",
            "--proc",
            "/proc",
            "--dev",
            "/dev"));
    for (String path : visible()) {
      command.addAll(List.of("--ro-bind", path, path));
    }
    command.addAll(List.of("--dir", "/empty", "--remount-ro", "/", "--chdir", "/empty", "--"));
    command.addAll(plain());
    return command;
  }

  private Set<String> visible() throws IOException {
    var paths = new LinkedHashSet<String>();
    for (String library : SYSTEM_LIBRARIES) {
      if (Files.exists(Path.of(library))) {
        paths.add(library);
      }
    }
    paths.add(home(settings.java()).toString());
    paths.add(home(settings.java().toRealPath()).toString());
    settings.classPath().forEach(jar -> paths.add(jar.toAbsolutePath().toString()));
    settings.readable().stream()
        .filter(Files::exists) // the wrapper refuses to start without one it is to show
        .forEach(path -> paths.add(path.toAbsolutePath().toString()));
    return paths;
  }

  /// The runtime's folder: its launcher stands in `bin`.
  private static Path home(Path java) {
    var bin = java.toAbsolutePath().getParent();
    var home = bin == null ? null : bin.getParent();
    if (home == null) {
      throw new IllegalArgumentException(java + " is not the launcher of a Java runtime");
    }
    return home;
  }
}
