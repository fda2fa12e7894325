package mimo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import mimo.agent.checkpoint.Checkpoints;
import mimo.agent.distill.Distilling;
import mimo.agent.dream.Dreaming;
import mimo.agent.estimate.TokenEstimators;
import mimo.agent.file.FileLocks;
import mimo.agent.history.History;
import mimo.agent.memory.Memory;
import mimo.agent.memory.Memory.Writing;
import mimo.agent.memory.MemoryException;
import mimo.agent.memory.MemoryLayout;
import mimo.agent.memory.MemorySearch;
import mimo.agent.memory.Recall;
import mimo.agent.proposal.Acceptance;
import mimo.agent.proposal.DraftFiles;
import mimo.agent.proposal.Proposals;
import mimo.agent.provider.ModelResolver;
import mimo.agent.rebuild.MemoryKnowledge;
import mimo.agent.rebuild.Rebuilding;
import mimo.agent.tool.SpillFiles;
import mimo.cli.chat.LocalCommands;
import mimo.cli.config.Configuration.MemorySection;
import mimo.cli.config.Folders;
import mimo.cli.memory.DreamDesk;
import mimo.cli.memory.Editor;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.script.WorkflowFolder;
import mimo.engine.RunKeeper;
import mimo.engine.journal.sqlite.SqliteJournal;
import mimo.engine.session.Sessions;

/// What is remembered of each workspace. Nothing of it is opened before somebody asks. Thread-safe.
final class Memories {

  private static final String IN_REPOSITORY = ".mimocode/MEMORY.md";

  private final House.Surroundings surroundings;
  private final Folders folders;
  private final MemorySection section;
  private final Redactions redactions;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final TokenEstimators estimators = new TokenEstimators();
  private final Map<Path, Workbench.Remembered> remembered = new ConcurrentHashMap<>();

  Memories(
      House.Surroundings surroundings,
      Folders folders,
      MemorySection section,
      Redactions redactions,
      InstantSource clock,
      RandomGenerator random) {
    this.surroundings = surroundings;
    this.folders = folders;
    this.section = section;
    this.redactions = redactions;
    this.clock = clock;
    this.random = random;
  }

  /// The store of sessions.
  Sessions sessions() {
    return new Sessions(
        () -> new SqliteJournal(folders.createData()),
        redactions.ofRuns(),
        redactions.ofKept(),
        clock,
        random);
  }

  /// What agents who work in a folder can look up.
  Workbench.Remembered of(Path workspace) {
    return remembered.computeIfAbsent(
        workspace,
        folder -> {
          var memory = memory(root(folder));
          var index = folders.cache().resolve("index.db");
          return new Workbench.Remembered(
              memory,
              new MemorySearch(memory, index),
              new History(this::sessions, folder.toString()),
              checkpoints(memory),
              clock);
        });
  }

  private Checkpoints checkpoints(Memory memory) {
    var budget = section.budget();
    return new Checkpoints(
        memory,
        section.thresholds(),
        budget == null ? OptionalLong.empty() : OptionalLong.of(budget),
        section.forked(),
        surroundings.notices()::tell);
  }

  /// What agents who work in a folder begin with. What cannot be read is told, and hinders nobody.
  Recall recall(Path workspace) {
    return () -> {
      try {
        return memory(root(workspace)).digest();
      } catch (MemoryException unreadable) {
        surroundings.notices().tell("Nothing is remembered now: " + unreadable.getMessage());
        return Optional.empty();
      }
    };
  }

  /// How conversations of agents who work in a folder go on that have become too long.
  Rebuilding rebuilding(Path workspace) {
    var budget = section.budget();
    return new Rebuilding(
        budget == null ? OptionalLong.empty() : OptionalLong.of(budget),
        estimators,
        session -> new MemoryKnowledge(of(real(workspace)).memory(), session));
  }

  /// For the commands about the memory.
  ///
  /// @param models finds who is asked to tidy it
  /// @param locks those of this process
  MemoryDesk desk(Path workspace, ModelResolver models, FileLocks locks) {
    var all = of(real(workspace));
    var files = new DraftFiles(root(workspace), folders.config(), locks);
    return new MemoryDesk(
        all.memory(),
        all.search(),
        this::sessions,
        () ->
            new RunKeeper(
                new SqliteJournal(folders.createData()), redactions.ofKept(), clock, random),
        new SpillFiles(folders.cache().resolve("outputs"), clock, text -> text),
        new Editor(surroundings.environment()),
        new DreamDesk(
            new Dreaming(all.memory(), all.history()),
            new Distilling(all.memory(), all.history(), files),
            LocalCommands.names(),
            new Proposals(all.memory()),
            new Acceptance(all.memory(), files),
            models),
        notice(root(workspace)));
  }

  private Memory memory(Path root) {
    boolean inRepository = section.inRepository() && surroundings.admission().trusts(root);
    var layout =
        new MemoryLayout(
            folders.data().resolve("memory"),
            MemoryLayout.projectOf(root),
            inRepository ? root.resolve(IN_REPOSITORY) : null);
    return new Memory(
        layout, clock, random, redactions.ofKept(), section.writes() ? Writing.ON : Writing.OFF);
  }

  private String notice(Path root) {
    return section.inRepository() && !surroundings.admission().trusts(root)
        ? root.resolve(IN_REPOSITORY) + " is not used: this repository is not trusted (mimo trust)"
        : "";
  }

  /// A project is a repository, or else a folder.
  private static Path root(Path workspace) {
    return WorkflowFolder.levels(real(workspace)).getLast();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException unresolved) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
