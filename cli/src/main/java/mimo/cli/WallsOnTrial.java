package mimo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mimo.agent.command.Bubblewrap;
import mimo.agent.command.ChosenConfinement.Standing;
import mimo.agent.command.Commands;
import mimo.agent.command.MountPoints;
import mimo.agent.command.SandboxProof;
import mimo.agent.command.ScratchFolders;
import mimo.agent.provider.catalog.ProviderListing;
import mimo.cli.config.Configuration;
import mimo.cli.config.Folders;
import mimo.cli.doctor.CommandsCheck.Found;

/// Tries the walls of agents' commands in a workspace made for that, and leaves nothing behind.
record WallsOnTrial(
    Folders folders,
    Map<String, String> environment,
    Configuration configuration,
    List<ProviderListing> providers) {

  /// What builds need is seen through the mask of the home, so it proves nothing.
  private static final Set<String> SEEN =
      Set.of(
          ".m2", ".gradle", ".npm", ".cargo", ".rustup", "go", ".sdkman", ".nvm", ".pyenv",
          ".cache");

  Found tried() throws IOException, InterruptedException {
    var room = Files.createTempDirectory("mimo-doctor-").toRealPath();
    var scratch = new ScratchFolders(room.resolve("scratch"), new SecureRandom());
    try {
      var workspace = Files.createDirectory(room.resolve("workspace"));
      var walls = new CommandWalls(workspace, folders, environment, configuration);
      var variables = walls.variables(providers);
      var points = new MountPoints(room.resolve("points"));
      var chosen = walls.chosen(List.of(), points, scratch);
      if (chosen.standing() != Standing.CONFINED
          || !(chosen.confinement() instanceof Bubblewrap confinement)) {
        return new Found(chosen, List.of(), variables.refused());
      }
      try (confinement;
          var commands = new Commands(confinement, variables, 1)) {
        var faults = proof(walls, workspace).faults(commands);
        return new Found(chosen, faults, variables.refused());
      }
    } finally {
      ScratchFolders.remove(room);
    }
  }

  private SandboxProof proof(CommandWalls walls, Path workspace) throws IOException {
    var home = walls.home();
    var bash = walls.programs().find("bash");
    return new SandboxProof(bash.orElse(Path.of("/bin/sh")), workspace, home, somethingIn(home));
  }

  private static Path somethingIn(Path home) throws IOException {
    if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
      return home.resolve("nothing");
    }
    try (var entries = Files.list(home)) {
      return entries
          .filter(entry -> !SEEN.contains(entry.getFileName().toString()))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElse(home.resolve("nothing"));
    }
  }
}
