package mimo.agent.proposal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.file.FileLocks;
import mimo.agent.file.FileReplacement;
import mimo.agent.file.HeldFile;
import mimo.agent.file.Holding;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.file.PathRefusedException;
import mimo.agent.memory.Digest;
import mimo.agent.memory.MemoryException;
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

  /// What it says now; empty if there is no such file.
  ///
  /// @throws MemoryException `memory_failed` if nobody may look
  public Optional<String> text(Draft draft) {
    try {
      if (!Files.isDirectory(root(draft.owner()))) {
        return Optional.empty();
      }
      var guard = PathGuard.over(root(draft.owner()));
      return switch (guard.locate(draft.path())) {
        case Location.Missing _ -> Optional.empty();
        case Location.Refused(var why) -> throw refused(draft, why);
        case Location.Inside inside when inside.kind() == Location.Kind.FOLDER ->
            throw refused(draft, "it is a folder");
        case Location.Inside _ -> Optional.of(Files.readString(file(draft)));
      };
    } catch (IOException unreadable) {
      throw MemoryException.failed(file(draft) + " cannot be read", unreadable);
    }
  }

  /// Makes the file say what the draft does, as a whole or not at all.
  ///
  /// @return whether it does now; false if the file is not as it was when that was proposed
  boolean write(Draft draft) throws InterruptedException {
    try {
      Files.createDirectories(root(draft.owner()));
      var files = new FileReplacement(PathGuard.over(root(draft.owner())), locks);
      return switch (files.hold(draft.path())) {
        case Holding.Refused(_, var why) -> throw refused(draft, why);
        case Holding.Held(var held) -> written(held, draft);
      };
    } catch (PathRefusedException changed) {
      return false;
    } catch (IOException unwritable) {
      throw MemoryException.failed(file(draft) + " cannot be written", unwritable);
    }
  }

  private static boolean written(HeldFile file, Draft draft)
      throws IOException, InterruptedException {
    try (file) {
      var now = digest(file);
      // Whoever was killed right after it was written, or wrote the same himself, has it.
      if (now.equals(Digest.of(draft.text()))) {
        return true;
      }
      if (!now.equals(draft.before())) {
        return false;
      }
      file.replace(draft.text().getBytes(UTF_8));
      return true;
    }
  }

  /// Of what a file says; empty if there is none.
  private static String digest(HeldFile file) throws IOException {
    return file.exists()
        ? file.read(AgentLimits.SKILL_CHARS)
            .map(bytes -> Digest.of(new String(bytes, UTF_8)))
            .orElse("too long")
        : "";
  }

  private MemoryException refused(Draft draft, String why) {
    return MemoryException.failed(file(draft) + " cannot be used", new IOException(why));
  }
}
