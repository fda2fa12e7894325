package mimo.agent.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import mimo.agent.AgentLimits;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.HeldFile;
import mimo.agent.file.Holding;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.file.PathRefusedException;
import mimo.agent.memory.Digest;
import mimo.agent.skill.Skill;

/// Where drafts become files. No link leads out of the folders, and what somebody has changed since
/// stays as it is. Thread-safe.
///
/// @param repository the outermost folder of the repository, or else the working folder
/// @param user the user's configuration folder; need not exist yet
/// @param locks those of this process
public record DraftFiles(Path repository, Path user, FileLocks locks) {

  /// The file a draft is for.
  public Path file(Draft draft) {
    return root(draft.owner()).resolve(draft.path());
  }

  private Path root(Skill.Owner owner) {
    return switch (owner) {
      case REPOSITORY -> repository;
      case USER -> user;
    };
  }

  /// What stands where a draft would lie.
  public sealed interface Now {
    record Says(String text) implements Now {}

    record Missing() implements Now {}

    /// Nothing can be read or written there.
    record Unusable(String why) implements Now {}
  }

  /// What became of writing one.
  sealed interface Written {
    /// The file says what the draft does.
    record Done() implements Written {}

    /// It stays as it is: it was changed since that was proposed.
    record Changed() implements Written {}

    record Failed(String why) implements Written {}
  }

  /// What its file says now.
  public Now now(Draft draft) {
    try {
      if (!Files.isDirectory(root(draft.owner()))) {
        return new Now.Missing();
      }
      var guard = PathGuard.over(root(draft.owner()));
      return switch (guard.locate(draft.path())) {
        case Location.Missing _ -> new Now.Missing();
        case Location.Refused(var why) -> new Now.Unusable(why);
        case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
            new Now.Unusable("it is a folder");
        case Location.Inside inside -> now(draft, guard, inside);
      };
    } catch (IOException unreadable) {
      return new Now.Unusable("it cannot be read: " + unreadable.getMessage());
    }
  }

  private static Now now(Draft draft, PathGuard guard, Location.Inside file) throws IOException {
    if (!fits(draft, file.real())) {
      return new Now.Unusable(astray(draft, file.real()));
    }
    try (var stream = Channels.newInputStream(guard.open(file))) {
      var bytes = stream.readNBytes(AgentLimits.SKILL_CHARS + 1);
      if (bytes.length > AgentLimits.SKILL_CHARS) {
        return new Now.Unusable("it has more than " + AgentLimits.SKILL_CHARS + " bytes");
      }
      return new Now.Says(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException other) {
      return new Now.Unusable("it is no UTF-8");
    }
  }

  /// Makes the file say what the draft does, as a whole or not at all.
  Written write(Draft draft) throws InterruptedException {
    try {
      Files.createDirectories(root(draft.owner()));
      var guard = PathGuard.over(root(draft.owner()));
      return switch (new FileReplacement(guard, locks).hold(draft.path())) {
        case Holding.Refused(_, var why) -> new Written.Failed(why);
        case Holding.Held(var held) -> write(held, draft, guard);
      };
    } catch (PathRefusedException changed) {
      return new Written.Changed();
    } catch (IOException unwritable) {
      return new Written.Failed("it cannot be written: " + unwritable.getMessage());
    }
  }

  private static Written write(HeldFile file, Draft draft, PathGuard guard)
      throws IOException, InterruptedException {
    try (file) {
      var real = guard.root().relativize(file.path());
      if (!fits(draft, real)) {
        return new Written.Failed(astray(draft, real));
      }
      var now = digest(file);
      // Whoever was killed right after it was written, or wrote the same himself, has it.
      if (now.equals(Digest.of(draft.text()))) {
        return new Written.Done();
      }
      if (!now.equals(draft.before())) {
        return new Written.Changed();
      }
      file.replace(draft.text().getBytes(UTF_8));
      return new Written.Done();
    }
  }

  /// A link within a repository may lead to its other files too.
  private static boolean fits(Draft draft, Path real) {
    return draft.kind().liesAt(real.toString(), draft.owner(), draft.name());
  }

  private static String astray(Draft draft, Path real) {
    return "'%s' leads to %s, where no %ss lie".formatted(draft.path(), real, draft.kind().word());
  }

  /// Of what a file says; empty if there is none.
  private static String digest(HeldFile file) throws IOException {
    return file.exists()
        ? file.read(AgentLimits.SKILL_CHARS)
            .map(bytes -> Digest.of(new String(bytes, UTF_8)))
            .orElse("too long")
        : "";
  }
}
