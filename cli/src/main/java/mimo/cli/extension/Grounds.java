package mimo.cli.extension;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mimo.cli.script.Admission;
import mimo.cli.script.WorkflowFolder;

/// Where skills, commands and hooks are looked for.
///
/// @param folder the working folder
/// @param config the user's configuration folder
/// @param home the user's own folder
/// @param admission which files of the repository count
/// @param notices hears of what is left aside
public record Grounds(
    Path folder, Path config, Path home, Admission admission, Consumer<String> notices) {

  /// A folder with such files.
  record Place(Path folder, Owner owner) {}

  /// Who has written them.
  enum Owner {
    USER,
    REPOSITORY
  }

  /// The folders of a kind, the one that counts first first: those of the repository from the
  /// working folder up, then the user's own.
  ///
  /// @param kind such as `skills`
  /// @param others the folders beside `.mimocode` that have such files, here and in the user's own
  List<Place> places(String kind, List<String> others) {
    var places = new ArrayList<Place>();
    for (var name : Stream.concat(Stream.of(".mimocode"), others.stream()).toList()) {
      for (var level : levels()) {
        places.add(new Place(level.resolve(name).resolve(kind), Owner.REPOSITORY));
      }
    }
    places.add(new Place(config.resolve(kind), Owner.USER));
    others.forEach(name -> places.add(new Place(home.resolve(name).resolve(kind), Owner.USER)));
    // Who works in the folder of the account sees the user's own there, not a repository's.
    var own = places.stream().filter(place -> place.owner() == Owner.USER).toList();
    places.removeIf(place ->
        place.owner() == Owner.REPOSITORY
            && own.stream().anyMatch(each -> each.folder().equals(place.folder())));
    return places;
  }

  /// From the working folder up to the root of its repository.
  List<Path> levels() {
    return WorkflowFolder.levels(folder);
  }

  /// The repository's outermost folder; outside of one, the working folder.
  public Path root() {
    return levels().getLast();
  }

  /// A path as people are told of it.
  String shown(Path file) {
    return String.valueOf(file.startsWith(folder) ? folder.relativize(file) : file);
  }

  void leave(Path file, String why) {
    notices.accept(shown(file) + " is left aside: " + why + ".");
  }
}
