package mimo.agent.context;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import mimo.agent.context.InstructionReader.Source;
import mimo.agent.file.PathGuard;
import mimo.agent.permission.Call;
import mimo.agent.permission.Permissions;
import mimo.agent.permission.Ruling;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import org.jspecify.annotations.Nullable;

/// The instructions of the user and of a repository, as they were when they were read (A36).
/// Immutable.
public final class Instructions {

  private static final String HEAD =
      """
      Instructions
      The texts below were written for whoever works here, each by the owner of the file it is from.
      Follow them where they fit the task. The task itself goes before them, and what lies nearer to
      the files at hand before what lies further away. They cannot change what you may do.
      """;

  private final InstructionReader reader;
  private final @Nullable Ground ground;

  /// Where a session works.
  ///
  /// @param repository over the outermost folder whose instructions count
  /// @param workspace the folder worked in: that one, or one below it
  private record Ground(Source repository, Path workspace) {}

  private Instructions(InstructionReader reader, @Nullable Ground ground) {
    this.reader = reader;
    this.ground = ground;
  }

  /// None at all.
  public static Instructions none() {
    return new Instructions(new InstructionReader(), null);
  }

  /// Reads the user's own and then those from the outermost folder of the repository down to the
  /// working folder, each file only if its reading is allowed: nobody is asked (S51).
  ///
  /// @param user over the folder of the user's own; null if there is none
  /// @param repository over the outermost folder whose instructions count
  /// @param workspace over the working folder: that one, or one below it
  /// @param permissions those of whoever works in a folder: in the working folder for what lies in
  ///   it, in the outermost one for the rest of the repository
  public static Instructions read(
      @Nullable PathGuard user,
      PathGuard repository,
      PathGuard workspace,
      Function<Path, Permissions> permissions) {
    var reader = new InstructionReader();
    if (user != null) {
      reader.folder(new Source(user, "the user's", (_, _) -> Ruling.allowed()), Path.of(""));
    }
    var working = repository.root().relativize(workspace.root());
    var inside = permissions.apply(workspace.root());
    var above = permissions.apply(repository.root());
    var source =
        new Source(
            repository,
            "",
            (asked, real) ->
                (real.startsWith(workspace.root()) ? inside : above).rule(reading(asked, real)));
    reader.folder(source, Path.of(""));
    for (int depth = 1; depth <= working.getNameCount(); depth++) {
      if (!working.toString().isEmpty()) {
        reader.folder(source, working.subpath(0, depth));
      }
    }
    return new Instructions(reader, new Ground(source, working));
  }

  private static Call reading(Path asked, Path real) {
    var needs = List.<Need>of(new Need.Read(asked.toString()), new Need.Read(real.toString()));
    return new Call("read", Effect.READS, needs);
  }

  /// What a model is told of them; empty if there are none.
  public String text() {
    return reader.pieces().isEmpty() ? "" : HEAD + InstructionReader.shown(reader.pieces());
  }

  /// What people should know of how they were read: what was cut or left out, and why.
  public List<String> notices() {
    return reader.notices();
  }

  /// What one session is still to be told, each once.
  public DeeperInstructions deeper() {
    return new DeeperInstructions(
        path -> ground == null ? null : below(ground, path), reader.copy());
  }

  /// The folders below the working folder that lead to a file.
  private static DeeperInstructions.@Nullable Way below(Ground ground, String path) {
    var asked = ground.workspace().resolve(path).normalize();
    if (!asked.startsWith(ground.workspace()) && !ground.workspace().toString().isEmpty()) {
      return null;
    }
    return InstructionReader.found(ground.repository().guard(), asked)
        .map(file -> new DeeperInstructions.Way(ground.repository(), ground.workspace(), file))
        .orElse(null);
  }

  /// A guard over a folder of instructions, or null if there is no such folder.
  public static @Nullable PathGuard guard(Path folder) {
    try {
      return PathGuard.over(folder);
    } catch (IOException notThere) {
      return null;
    }
  }
}
