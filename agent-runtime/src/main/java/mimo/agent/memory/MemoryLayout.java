package mimo.agent.memory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import mimo.agent.AgentLimits;
import org.jspecify.annotations.Nullable;

/// Where everything that is remembered lies (§1.1). Reading creates nothing. Immutable.
public final class MemoryLayout {

  private static final String MEMORY = "MEMORY.md";
  private static final String GLOBAL = "global";
  private static final String PROJECTS = "projects";
  private static final String SESSIONS = "sessions";

  /// In a session's folder, the project it is had in.
  private static final String PROJECT_MARK = ".project";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path folder;
  private final String project;
  private final @Nullable Path inRepository;

  /// @param folder the memory's own
  /// @param project the id of the project that is worked on
  /// @param inRepository where that project's memory is kept instead; null for the usual place
  public MemoryLayout(Path folder, String project, @Nullable Path inRepository) {
    this.folder = folder.toAbsolutePath().normalize();
    this.project = project;
    this.inRepository = inRepository;
  }

  /// The id of the project with this folder: readable, and no other folder's.
  ///
  /// @param root free of links
  public static String projectOf(Path root) {
    var name = root.getFileName();
    var word =
        (name == null ? "" : name.toString())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    var label = word.isEmpty() ? "project" : word.substring(0, Math.min(word.length(), 40));
    return label + "-" + Digest.of(root.toString()).substring(0, 8);
  }

  public Path folder() {
    return folder;
  }

  /// The project that is worked on.
  public String project() {
    return project;
  }

  /// Where what mimo itself knows of a file is kept.
  Path logOf(MemoryPlace place) {
    return folder.resolve(".log").resolve(place.name());
  }

  Path lock() {
    return folder.resolve(".lock");
  }

  public MemoryPlace global() {
    return new MemoryPlace(
        GLOBAL + "/" + MEMORY,
        MemoryScope.GLOBAL,
        MemoryType.MEMORY,
        "",
        folder.resolve(GLOBAL).resolve(MEMORY));
  }

  /// What is remembered of the project that is worked on.
  public MemoryPlace ofProject() {
    var usual = ofProject(project);
    return inRepository == null
        ? usual
        : new MemoryPlace(usual.name(), usual.scope(), usual.type(), project, inRepository);
  }

  private MemoryPlace ofProject(String id) {
    return new MemoryPlace(
        PROJECTS + "/" + id + "/" + MEMORY,
        MemoryScope.PROJECT,
        MemoryType.MEMORY,
        id,
        folder.resolve(PROJECTS).resolve(id).resolve(MEMORY));
  }

  /// What an agent notes in a session.
  ///
  /// @throws IllegalArgumentException if `session` cannot be the name of a folder
  public MemoryPlace notes(String session) {
    return inSession(session, "notes.md", MemoryType.NOTES);
  }

  /// The state of a session.
  public MemoryPlace checkpoint(String session) {
    return inSession(session, "checkpoint.md", MemoryType.CHECKPOINT);
  }

  /// What had no room in it.
  ///
  /// @param topic as the file is named
  public MemoryPlace spill(String session, String topic) {
    return inSession(session, "checkpoint-" + topic + ".md", MemoryType.SPILL);
  }

  /// What its owner notes of a task of a session (T5).
  ///
  /// @param task its id
  public MemoryPlace progress(String session, String task) {
    if (!NAME.matches(task)) {
      throw new IllegalArgumentException("task '" + task + "' must match " + NAME);
    }
    return inSession(session, "tasks/" + task + "/progress.md", MemoryType.PROGRESS);
  }

  private MemoryPlace inSession(String session, String file, MemoryType type) {
    if (!NAME.matches(session)) {
      throw new IllegalArgumentException("session '" + session + "' must match " + NAME);
    }
    var name = SESSIONS + "/" + session + "/" + file;
    return new MemoryPlace(name, MemoryScope.SESSION, type, session, folder.resolve(name));
  }

  /// Says in a session's folder which project it belongs to: others find it by that. A mark that
  /// says nothing, as one that a power cut met, is made anew.
  void markSession(MemoryPlace place) throws IOException {
    if (place.scope() != MemoryScope.SESSION) {
      return;
    }
    var session = folder.resolve(SESSIONS).resolve(place.owner());
    if (projectOfSession(session).isEmpty()) {
      Files.createDirectories(session, DurableFile.privately("rwx------"));
      DurableFile.overwrite(
          session.resolve(PROJECT_MARK), (project + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /// The project a session is had in; empty if nobody knows.
  private String projectOfSession(Path session) {
    var mark = session.resolve(PROJECT_MARK);
    try {
      return Files.isRegularFile(mark, NOFOLLOW_LINKS) && Files.size(mark) <= 256
          ? Files.readString(mark).strip()
          : "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  /// Whether the memory holds anything that a session can begin with. Opens nothing.
  public boolean hasDigest() {
    return Files.isRegularFile(global().file(), NOFOLLOW_LINKS)
        || Files.isRegularFile(ofProject().file(), NOFOLLOW_LINKS);
  }

  /// All files there are, of all projects and sessions, by name; links are not followed.
  public List<MemoryPlace> all() {
    var all = new ArrayList<MemoryPlace>();
    for (var place : List.of(global(), ofProject())) {
      if (Files.isRegularFile(place.file(), NOFOLLOW_LINKS)) {
        all.add(place);
      }
    }
    for (var project : folders(folder.resolve(PROJECTS))) {
      var place = ofProject(String.valueOf(project.getFileName()));
      if (!place.owner().equals(this.project)
          && Files.isRegularFile(place.file(), NOFOLLOW_LINKS)) {
        all.add(place);
      }
    }
    for (var session : folders(folder.resolve(SESSIONS))) {
      addSession(session, all);
    }
    return List.copyOf(all);
  }

  /// Those that may be seen by who works on the project.
  ///
  /// @param session whose own are seen whatever project it names; empty for none
  public List<MemoryPlace> visible(String session) {
    return all().stream().filter(place -> isVisible(place, session)).toList();
  }

  private boolean isVisible(MemoryPlace place, String session) {
    return switch (place.scope()) {
      case GLOBAL -> true;
      case PROJECT -> place.owner().equals(project);
      case SESSION ->
          place.owner().equals(session)
              || projectOfSession(folder.resolve(SESSIONS).resolve(place.owner())).equals(project);
    };
  }

  /// The one file of the visible ones that `name` means: its name, or its end.
  public Optional<MemoryPlace> find(String name, List<MemoryPlace> among) {
    var exact = among.stream().filter(place -> place.name().equals(name)).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    return switch (name) {
      case "global" -> Optional.of(global());
      case "project" -> Optional.of(ofProject());
      default -> among.stream().filter(place -> place.name().endsWith("/" + name)).findFirst();
    };
  }

  private void addSession(Path session, List<MemoryPlace> all) {
    var owner = String.valueOf(session.getFileName());
    if (!NAME.matches(owner)) {
      return;
    }
    for (var file : files(session)) {
      var name = String.valueOf(file.getFileName());
      var type = typeOf(name);
      type.ifPresent(found -> all.add(inSession(owner, name, found)));
    }
    for (var task : folders(session.resolve("tasks"))) {
      var name = "tasks/" + task.getFileName() + "/progress.md";
      if (Files.isRegularFile(session.resolve(name), NOFOLLOW_LINKS)) {
        all.add(inSession(owner, name, MemoryType.PROGRESS));
      }
    }
  }

  private static Optional<MemoryType> typeOf(String name) {
    if (name.equals("checkpoint.md")) {
      return Optional.of(MemoryType.CHECKPOINT);
    }
    if (name.equals("notes.md")) {
      return Optional.of(MemoryType.NOTES);
    }
    return name.startsWith("checkpoint-") && name.endsWith(".md")
        ? Optional.of(MemoryType.SPILL)
        : Optional.empty();
  }

  private static List<Path> folders(Path folder) {
    return children(folder).stream()
        .filter(child -> Files.isDirectory(child, NOFOLLOW_LINKS))
        .toList();
  }

  private static List<Path> files(Path folder) {
    return children(folder).stream()
        .filter(child -> Files.isRegularFile(child, NOFOLLOW_LINKS))
        .toList();
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.limit(AgentLimits.MEMORY_FILES).sorted().toList();
    } catch (IOException unreadable) {
      throw MemoryException.failed("the folder " + folder + " cannot be read", unreadable);
    }
  }

  /// When a file was changed last; long ago if there is none.
  public Instant modified(MemoryPlace place) {
    try {
      return Files.getLastModifiedTime(place.file()).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }
}
