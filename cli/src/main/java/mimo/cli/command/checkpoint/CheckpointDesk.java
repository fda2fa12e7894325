package mimo.cli.command.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mimo.agent.checkpoint.Checkpoint;
import mimo.agent.checkpoint.CheckpointFile;
import mimo.agent.checkpoint.CheckpointFile.Held;
import mimo.agent.checkpoint.ConversationSoFar;
import mimo.agent.checkpoint.ConversationSoFar.Note;
import mimo.agent.checkpoint.ExtractiveWriter;
import mimo.agent.checkpoint.SessionCheckpoints;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryLayout;
import mimo.agent.memory.MemoryPlace;
import mimo.agent.memory.MemoryType;
import mimo.agent.message.Message;
import mimo.agent.session.ConversationRecord;
import mimo.agent.session.SessionAbout;
import mimo.cli.error.CommandException;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.WorkflowFolder;
import mimo.engine.EngineException;
import mimo.engine.SessionId;

/// Finds checkpoints and the conversations they are of. Confined to the command's thread.
record CheckpointDesk(MemoryDesk memory) {

  /// A checkpoint of a session.
  ///
  /// @param session its id, or that of an agent's step
  record Listed(String session, MemoryPlace place, Held held) {
    Checkpoint checkpoint() {
      return held.checkpoint();
    }
  }

  /// Those of this project, the one that was written last first.
  ///
  /// @param unreadable hears why one cannot be read; the others can
  List<Listed> list(Consumer<String> unreadable) {
    var all = new ArrayList<Listed>();
    for (var place : places()) {
      try {
        all.add(read(place));
      } catch (MemoryException failed) {
        unreadable.accept(failed.code() + ": " + failed.getMessage());
      }
    }
    return all;
  }

  private List<MemoryPlace> places() {
    return memory.places().stream()
        .filter(place -> place.type() == MemoryType.CHECKPOINT)
        .sorted(Comparator.comparing(CheckpointDesk::modified).reversed())
        .toList();
  }

  private Listed read(MemoryPlace place) {
    return new Listed(place.owner(), place, file(place.owner()).read());
  }

  private static FileTime modified(MemoryPlace place) {
    try {
      return Files.getLastModifiedTime(place.file());
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private CheckpointFile file(String session) {
    return new CheckpointFile(memory.memory(), session);
  }

  /// The one of the session whose id begins with `prefix`; of the one written last if it is empty.
  Listed find(String prefix) {
    var fitting = places().stream().filter(each -> each.owner().startsWith(prefix)).toList();
    if (fitting.isEmpty()) {
      throw new CommandException(
          "checkpoint_unknown",
          prefix.isEmpty()
              ? "no session of this project has a checkpoint yet"
              : "no session whose id begins with '" + prefix + "' has a checkpoint");
    }
    var exact = fitting.stream().filter(each -> each.owner().equals(prefix)).findFirst();
    if (fitting.size() > 1 && !prefix.isEmpty() && exact.isEmpty()) {
      throw new CommandException(
          "memory_ambiguous",
          "'%s' is one of %s; type more of it"
              .formatted(
                  prefix, String.join(", ", fitting.stream().map(MemoryPlace::owner).toList())));
    }
    return read(exact.orElse(fitting.getFirst()));
  }

  /// Everything that was said in a session; nothing if it is none of the store, as those of agents
  /// in runs are.
  Optional<List<Message>> said(String session) {
    try (var open = memory.sessions().get()) {
      var id = open.keeper().find(session);
      return Optional.of(ConversationRecord.said(open.keeper().read(id)).messages());
    } catch (EngineException unknown) {
      if (unknown.code().equals("session_unknown")) {
        return Optional.empty();
      }
      throw new CommandException(unknown.code(), String.valueOf(unknown.getMessage()));
    }
  }

  /// Writes the next checkpoint of a session from what was said in it, and notes that there.
  ///
  /// @param prefix with which its id begins
  Listed write(String prefix) throws InterruptedException {
    try (var open = memory.sessions().get()) {
      var id = open.keeper().find(prefix);
      refuseElsewhere(id, open.keeper().opening(id).about());
      try (var own = open.open(id)) {
        var record = ConversationRecord.open(own);
        var file = file(id.value());
        var base = file.read();
        var soFar = soFar(id, ConversationRecord.said(own.recorded()));
        var held = file.write(base, ExtractiveWriter.write(soFar, base.checkpoint()));
        record.kept(SessionCheckpoints.fact(held, 0));
        record.awaitDurable();
        return new Listed(id.value(), file.place(), held);
      }
    } catch (EngineException refused) {
      throw new CommandException(refused.code(), String.valueOf(refused.getMessage()));
    }
  }

  /// The memory of a project is told nothing of another's.
  private void refuseElsewhere(SessionId id, String about) {
    var workspace = SessionAbout.parse(about).workspace();
    var root = WorkflowFolder.levels(Path.of(workspace)).getLast();
    if (!MemoryLayout.projectOf(root).equals(memory.memory().layout().project())) {
      var elsewhere =
          new CommandException("session_elsewhere", "session " + id + " is had in " + workspace);
      throw new CommandException(elsewhere.failure().of(id.value()));
    }
  }

  private ConversationSoFar soFar(SessionId id, mimo.agent.session.ConversationSoFar said) {
    var place = memory.memory().layout().notes(id.value());
    var notes =
        memory.memory().entries(place).stream()
            .map(entry -> new Note(entry.id(), entry.text()))
            .toList();
    var messages = said.messages();
    return new ConversationSoFar(messages, said.own(), ConversationSoFar.tasksOf(messages), notes);
  }
}
