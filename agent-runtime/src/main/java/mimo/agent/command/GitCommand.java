package mimo.agent.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mimo.agent.AgentLimits;

/// Git, called so that nothing but git itself runs (S31): by its absolute path, with an argument
/// vector, without the configuration of system and user, and without hooks, pagers, file system
/// monitors, external differs and transports. Thread-safe.
///
/// Arguments that stand for paths come after `--`; that is the caller's part.
public final class GitCommand {

  private static final List<String> TAME =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "core.pager=cat",
          "core.editor=false",
          "core.sshCommand=false",
          "core.askPass=",
          "credential.helper=",
          "diff.external=",
          "protocol.allow=never",
          "protocol.ext.allow=never",
          "gc.auto=0",
          "maintenance.auto=false",
          "submodule.recurse=false",
          "commit.gpgSign=false",
          "core.untrackedCache=false",
          "advice.detachedHead=false");

  private static final Map<String, String> VARIABLES =
      Map.of(
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_ATTR_NOSYSTEM", "1",
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_OPTIONAL_LOCKS", "0",
          "GIT_LITERAL_PATHSPECS", "1",
          "GIT_NO_LAZY_FETCH", "1",
          "LC_ALL", "C");

  private final Path git;
  private final Map<String, String> variables;

  /// What a call of git gave.
  ///
  /// @param code its exit code
  /// @param output what it wrote
  /// @param error what it said on standard error, cut if long
  public record Answer(int code, String output, String error) {

    /// The output as text without the line's end.
    public String line() {
      return output.strip();
    }

    /// The parts of an output whose parts end with NUL.
    public List<String> parts() {
      var parts = new ArrayList<>(List.of(output.split("\0", -1)));
      parts.removeLast();
      return parts;
    }

    /// @throws IOException if git refused
    public Answer orThrow() throws IOException {
      if (code != 0) {
        throw new IOException("git ended with exit code " + code + ": " + error.strip());
      }
      return this;
    }
  }

  /// @param git the program, by its absolute path
  /// @param environment of which git gets what a child gets; none of git's own variables
  public GitCommand(Path git, ChildEnvironment environment) {
    this(git, tamed(environment.variables()));
  }

  private GitCommand(Path git, Map<String, String> variables) {
    if (!git.isAbsolute()) {
      throw new IllegalArgumentException("git is named by its absolute path, not " + git);
    }
    this.git = git;
    this.variables = variables;
  }

  private static Map<String, String> tamed(Map<String, String> own) {
    var variables = new TreeMap<>(own);
    variables.keySet().removeIf(name -> name.startsWith("GIT_") || name.startsWith("LC_"));
    variables.putAll(VARIABLES);
    return variables;
  }

  /// The same for a repository whose folder stands apart from its files.
  ///
  /// @param folder what is otherwise named `.git`
  public GitCommand apart(Path folder, Path files) {
    var more = new TreeMap<>(variables);
    more.put("GIT_DIR", folder.toString());
    more.put("GIT_WORK_TREE", files.toString());
    return new GitCommand(git, more);
  }

  /// Calls git in `folder`, with nothing to read.
  public Answer call(Path folder, String... arguments) throws IOException, InterruptedException {
    return call(folder, List.of(arguments), new byte[0]);
  }

  /// Calls git in `folder`, which reads `input`.
  ///
  /// @throws IOException if git cannot be started, takes too long, or says too much
  public Answer call(Path folder, List<String> arguments, byte[] input)
      throws IOException, InterruptedException {
    var argv = new ArrayList<String>();
    argv.add(git.toString());
    argv.add("--no-pager");
    TAME.forEach(setting -> argv.addAll(List.of("-c", setting)));
    argv.addAll(arguments);
    var builder = new ProcessBuilder(argv).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    var process = builder.start();
    try {
      return answer(process, input, arguments);
    } finally {
      if (process.isAlive()) {
        // Looked for only then: it takes a walk over every process of the machine.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static Answer answer(Process process, byte[] input, List<String> arguments)
      throws IOException, InterruptedException {
    var output = reading(process.getInputStream(), AgentLimits.GIT_OUTPUT_BYTES);
    var error = reading(process.getErrorStream(), AgentLimits.GIT_ERROR_BYTES);
    var writing = new FutureTask<>(() -> write(process.getOutputStream(), input));
    Thread.ofVirtual().name("git-input").start(writing);
    if (!process.waitFor(Duration.ofSeconds(AgentLimits.GIT_SECONDS))) {
      throw new IOException("git " + arguments.getFirst() + " took too long");
    }
    byte[] said = bytes(output);
    if (said.length > AgentLimits.GIT_OUTPUT_BYTES) {
      throw new IOException("git " + arguments.getFirst() + " said too much");
    }
    return new Answer(process.exitValue(), text(said), text(bytes(error)));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static FutureTask<byte[]> reading(InputStream stream, int most) {
    var task = new FutureTask<>(() -> read(stream, most));
    Thread.ofVirtual().name("git-output").start(task);
    return task;
  }

  /// One byte more than allowed shows that there was more; the rest is read and dropped, for git
  /// must not wait for a reader.
  private static byte[] read(InputStream stream, int most) throws IOException {
    try (stream) {
      byte[] bytes = stream.readNBytes(most + 1);
      stream.transferTo(OutputStream.nullOutputStream());
      return bytes;
    }
  }

  private static boolean write(OutputStream stream, byte[] input) throws IOException {
    try (stream) {
      stream.write(input);
    }
    return true;
  }

  private static byte[] bytes(FutureTask<byte[]> reading) throws IOException, InterruptedException {
    try {
      return reading.get(AgentLimits.COMMAND_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException broken) {
      throw new IOException("what git said cannot be read", broken);
    }
  }
}
