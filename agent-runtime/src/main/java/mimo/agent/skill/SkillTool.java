package mimo.agent.skill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mimo.agent.tool.SpillFiles;
import mimo.agent.tool.Tool;
import mimo.agent.tool.ToolSpec;
import mimo.engine.CancellationToken;
import org.jspecify.annotations.Nullable;

/// Loads a skill, which so becomes part of the conversation (A31, A37). Thread-safe.
public final class SkillTool implements Tool {

  /// What a model calls it by.
  public static final String NAME = "skill";

  private static final ToolSpec SPEC =
      new ToolSpec(
          NAME,
          "Loads a skill, or a file of it; query finds one.",
          """
          {"type":"object","properties":{"name":{"type":"string"},"file":{"type":"string"},\
          "query":{"type":"string"}},"additionalProperties":false}\
          """,
          ToolSpec.Effect.READS);

  private final Skills skills;
  private final Path workspace;
  private final SpillFiles outputs;

  /// @param workspace what paths are told from
  /// @param outputs holds the full text of skills that are too long
  public SkillTool(Skills skills, Path workspace, SpillFiles outputs) {
    this.skills = skills;
    this.workspace = workspace;
    this.outputs = outputs;
  }

  @Override
  public ToolSpec spec() {
    return SPEC;
  }

  @Override
  public Result run(ObjectNode input, CancellationToken cancellation) {
    var name = input.path("name").asText().strip();
    if (name.isEmpty()) {
      return Result.ok(found(input.path("query").asText()));
    }
    var skill = skills.find(name);
    if (skill.isEmpty()) {
      return Result.error("there is no skill '" + name + "'. " + found(name));
    }
    var file = input.path("file").asText(Skill.FILE);
    return switch (skills.read(skill.get(), file)) {
      case Skills.Reading.Refused(var why) -> Result.error(why);
      case Skills.Reading.Found(var text) ->
          Result.ok(bounded(text, file.equals(Skill.FILE) ? skill.get() : null));
    };
  }

  /// Those that have one of the words, or else all of them.
  private String found(String query) {
    var words = query.toLowerCase(Locale.ROOT).strip().split("[\\s-]+");
    var all = skills.all();
    var fitting = all.stream().filter(skill -> fits(skill, words)).toList();
    if (all.isEmpty()) {
      return "There are no skills.";
    }
    var shown = fitting.isEmpty() ? all : fitting;
    var text =
        shown.stream()
            .map(skill -> skill.name() + ": " + skill.description())
            .collect(Collectors.joining("\n"));
    return bounded(fitting.isEmpty() ? "Nothing fits. There are:\n" + text : text, null);
  }

  private static boolean fits(Skill skill, String[] words) {
    var text = (skill.name() + " " + skill.description()).toLowerCase(Locale.ROOT);
    return List.of(words).stream().anyMatch(text::contains);
  }

  private String bounded(String text, @Nullable Skill skill) {
    try (var collector = outputs.collector()) {
      byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0) {
        collector.add(bytes, 0, bytes.length);
      }
      var shown = collector.finish().text();
      return skill == null ? shown : labelled(skill, shown);
    }
  }

  private String labelled(Skill skill, String text) {
    var folder = skill.folder();
    var place = folder.startsWith(workspace) ? workspace.relativize(folder) : folder;
    var beside = skills.beside(skill);
    return "<skill name=\"%s\" folder=\"%s\">\n%s\n</skill>%s"
        .formatted(
            skill.name(),
            place,
            text.replaceAll("(?i)<(/?)(skill)", "&lt;$1$2"),
            beside.isEmpty() ? "" : "\nFiles beside it: " + String.join(", ", beside));
  }
}
