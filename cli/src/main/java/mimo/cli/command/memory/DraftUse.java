package mimo.cli.command.memory;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import mimo.agent.proposal.Draft;
import mimo.agent.skill.Skill;
import mimo.cli.command.Setting;
import mimo.cli.command.extension.ExtensionSetting;
import mimo.cli.extension.CommandFiles;
import mimo.cli.extension.Grounds;
import mimo.cli.extension.SkillFiles;
import mimo.cli.extension.WholeFile;

/// Whether what was accepted counts here, by the same search as agents': a file that nobody reads
/// must not look like one that works.
enum DraftUse {
  IN_USE,
  /// Its repository is not trusted as it is.
  UNTRUSTED,
  /// Another one of its name counts first.
  SHADOWED,
  /// It is there, and cannot be read as what it should be.
  LEFT_ASIDE,
  GONE;

  static DraftUse of(Setting setting, Draft draft, Path file) {
    if (!WholeFile.isThere(file)) {
      return GONE;
    }
    var counting = counting(setting, draft);
    if (counting.isPresent()) {
      return WholeFile.isSame(counting.get(), file) ? IN_USE : SHADOWED;
    }
    return draft.owner() == Skill.Owner.REPOSITORY
            && !setting.trust().trusts(setting.scripts().folder())
        ? UNTRUSTED
        : LEFT_ASIDE;
  }

  private static Optional<Path> counting(Setting setting, Draft draft) {
    var telling = ExtensionSetting.grounds(setting);
    var grounds =
        new Grounds(
            telling.folder(), telling.config(), telling.home(), telling.admission(), _ -> {});
    return switch (draft.kind()) {
      case SKILL ->
          SkillFiles.in(grounds)
              .find(draft.name())
              .map(skill -> skill.folder().resolve(Skill.FILE));
      case COMMAND ->
          CommandFiles.in(grounds).all().stream()
              .filter(known -> known.command().name().equals(draft.name()))
              .map(CommandFiles.Known::file)
              .findFirst();
    };
  }

  /// For files and programs.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// For people.
  String words(Draft draft) {
    return switch (this) {
      case IN_USE ->
          (draft.kind() == Draft.Kind.SKILL
                  ? "agents have it from their next session on"
                  : "it is called by /" + draft.name())
              + (draft.owner() == Skill.Owner.REPOSITORY
                  ? "; this repository is trusted with it"
                  : "");
      case UNTRUSTED ->
          "it does not count yet: this repository is not trusted as it is (mimo trust)";
      case SHADOWED -> "it does not count here: another one of its name comes first";
      case LEFT_ASIDE ->
          "it does not count as it is: mimo %ss list says why".formatted(draft.kind().word());
      case GONE -> "its file is not there any more";
    };
  }
}
