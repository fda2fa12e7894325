package mimo.cli.trust;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mimo.agent.hook.ClaudeSettings;
import mimo.agent.hook.Hook;
import mimo.agent.hook.HookGuard;
import mimo.agent.hook.NamedPaths;
import mimo.cli.config.ConfiguredHooks;
import mimo.cli.config.ExecutableSettings;
import mimo.cli.error.CommandException;
import mimo.cli.script.WorkflowFolder;

/// Finds what could make something run, from the working folder up to the repository's root.
/// Confined to one thread.
///
/// What mimo does not run yet, and what only other programs would, is looked at all the same: a
/// hook that is planted today must not be trusted tomorrow because nobody looked.
final class ExecutableFiles {

  /// Folders all of whose files count: what a script imports lies beside it.
  private static final List<String> FOLDERS =
      List.of(
          ".mimocode/agents",
          ".mimocode/agent",
          ".mimocode/commands",
          ".mimocode/command",
          ".mimocode/formatters",
          ".mimocode/hooks",
          ".mimocode/plugins",
          ".mimocode/plugin",
          ".mimocode/skills",
          ".mimocode/tools",
          ".mimocode/workflows",
          ".agents/skills",
          ".claude/agents",
          ".claude/commands",
          ".claude/hooks",
          ".claude/plugins",
          ".claude/skills",
          ".claude/workflows");

  /// Folders of what others have written, in those of skills.
  private static final Set<String> INSTALLED =
      Set.of("node_modules", ".venv", "venv", "__pycache__", ".git");

  private static final String SETTINGS = ".claude/settings.json";
  private static final String LOCAL_SETTINGS = ".claude/settings.local.json";

  private static final List<String> FILES = List.of(".mcp.json", SETTINGS, LOCAL_SETTINGS);

  /// Files that count only where they hold settings that make something run.
  private static final List<String> CONFIGURATIONS =
      List.of(".mimocode/mimocode.jsonc", ".mimocode/mimocode.json");

  private static final String MEMORY = ".mimocode/MEMORY.md";

  /// Nobody can agree to more than this.
  private static final int MOST_FILES = 2_000;

  private static final long MOST_BYTES = 64L << 20;

  private static final int MOST_LEVELS = 16;

  private final Path folder;
  private final Path root;
  private final Path realRoot;
  private final List<Hook> own;
  private final FileDigests digests;
  private final TreeMap<String, String> found = new TreeMap<>();
  private final Map<Path, String> byPath = new HashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private final Set<Path> entered = new HashSet<>();
  private long bytes;

  /// @param own the user's hooks, which may name programs of the repository
  ExecutableFiles(Path folder, List<Hook> own, FileDigests digests) {
    this.folder = folder.toAbsolutePath().normalize();
    this.root = WorkflowFolder.levels(this.folder).getLast();
    this.realRoot = HookPrograms.real(root);
    this.own = own;
    this.digests = digests;
  }

  Executables all() {
    try {
      memory(root.resolve(MEMORY));
      for (var level : WorkflowFolder.levels(folder)) {
        for (var name : FOLDERS) {
          folder(level.resolve(name), 0);
        }
        for (var name : FILES) {
          file(level.resolve(name));
        }
        for (var name : CONFIGURATIONS) {
          configuration(level.resolve(name));
        }
        for (var hook : hooks(level)) {
          named(hook);
        }
      }
      for (var hook : own) {
        named(hook);
      }
    } catch (IOException unreadable) {
      throw refused("what it brings along cannot be read: " + unreadable);
    }
    return new Executables(root, found, byPath, List.copyOf(open));
  }

  /// What agents are told at their start. It changes with every day of work, so what is agreed to
  /// is that it counts, and not what it says.
  private void memory(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      file(file);
    } else if (Files.isRegularFile(file)) {
      add(file, "memory");
    }
  }

  private void folder(Path place, int level) throws IOException {
    if (Files.isSymbolicLink(place) && !isInside(place)) {
      add(place, "link " + Files.readSymbolicLink(place));
      return;
    }
    if (!Files.isDirectory(place) || !entered.add(place.toRealPath())) {
      return;
    }
    if (level > MOST_LEVELS) {
      throw refused(place + " is nested too deep");
    }
    List<Path> entries;
    try (Stream<Path> listed = Files.list(place)) {
      entries = listed.sorted().limit(MOST_FILES + 1L).toList();
    }
    for (var entry : entries) {
      if (Files.isDirectory(entry)) {
        if (!isInstalled(entry)) {
          folder(entry, level + 1);
        }
      } else {
        file(entry);
      }
    }
  }

  /// What a skill's programs need is not read as a part of the skill, and runs within an agent's
  /// walls.
  private static boolean isInstalled(Path folder) {
    return INSTALLED.contains(folder.getFileName().toString())
        && StreamSupport.stream(folder.spliterator(), false)
            .anyMatch(part -> part.toString().equals("skills"));
  }

  private boolean isInside(Path link) {
    return HookPrograms.real(link).startsWith(realRoot);
  }

  private void file(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // What lies elsewhere is never run; but that a link leads there is a part of what is agreed to.
    if (Files.isSymbolicLink(file) && !isInside(file)) {
      add(file, "link " + Files.readSymbolicLink(file));
    } else if (Files.isRegularFile(file)) {
      var digest = digest(file);
      put(file, digest);
      byPath.put(HookPrograms.real(file), digest);
    } else {
      add(file, "no plain file");
    }
  }

  private void configuration(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !isInside(file)) {
      file(file);
      return;
    }
    if (Files.size(file) > ExecutableSettings.MOST_BYTES
        || ExecutableSettings.areIn(Files.readAllBytes(file))) {
      file(file);
    }
  }

  private List<Hook> hooks(Path level) throws IOException {
    var hooks = new ArrayList<Hook>();
    for (var name : List.of(SETTINGS, LOCAL_SETTINGS)) {
      hooks.addAll(hooksIn(level.resolve(name), ExecutableFiles::ofClaude));
    }
    for (var name : CONFIGURATIONS) {
      hooks.addAll(hooksIn(level.resolve(name), ConfiguredHooks::in));
    }
    return hooks;
  }

  /// What a hook names may lie anywhere in the repository (A89).
  private void named(Hook hook) throws IOException {
    var place = "the hook '" + hook.name() + "' (" + hook.origin().place() + ") ";
    var programs = HookPrograms.of(hook, folder).files();
    if (programs.isEmpty()) {
      open.add(place + "is never run: it could name more than " + NamedPaths.MOST + " paths");
      return;
    }
    for (var program : programs.get()) {
      file(program);
    }
    if (NamedPaths.areOpen(hook)) {
      open.add(
          place
              + "puts words together as it runs: what it runs by them is looked at only where it"
              + " is shown above");
    }
  }

  private static List<Hook> ofClaude(String file, String text) {
    return ClaudeSettings.read(text, Path.of("/bin/sh"), file, HookGuard.NONE).hooks();
  }

  /// Finds the hooks in a text.
  private interface Reading {
    List<Hook> in(String file, String text);
  }

  /// What cannot be understood names nothing; that it is as it is was looked at all the same.
  private List<Hook> hooksIn(Path file, Reading reading) throws IOException {
    if (!Files.isRegularFile(file)
        || !isInside(file)
        || Files.size(file) > ExecutableSettings.MOST_BYTES) {
      return List.of();
    }
    try {
      return reading.in(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException | CommandException | IllegalArgumentException broken) {
      return List.of();
    }
  }

  private String digest(Path file) throws IOException {
    bytes += Files.size(file);
    if (bytes > MOST_BYTES) {
      throw refused("it has more than " + MOST_BYTES + " bytes of files that could run");
    }
    try {
      return digests.of(file);
    } catch (NoSuchFileException gone) {
      return Digests.of("gone".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void add(Path file, String what) {
    put(file, Digests.of(what.getBytes(StandardCharsets.UTF_8)));
  }

  private void put(Path file, String digest) {
    var path = root.relativize(file).toString();
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw refused("the name of a file that could run holds a control character");
    }
    found.put(path, digest);
    if (found.size() > MOST_FILES) {
      throw refused("it has more than " + MOST_FILES + " files that could run");
    }
  }

  private CommandException refused(String why) {
    return new CommandException("untrusted", root + " cannot be trusted: " + why);
  }
}
