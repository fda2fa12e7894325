package mimo.cli.command.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.checkpoint.Item;
import mimo.agent.checkpoint.Section;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.command.checkpoint.CheckpointDesk.Listed;
import mimo.cli.error.CommandException;
import mimo.cli.error.ExitCode;
import mimo.cli.memory.MemoryDesk;
import mimo.cli.terminal.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `mimo checkpoint why`: who wrote a checkpoint and of what, or what stands behind a source that
/// an item names (K10).
final class CheckpointWhy implements Subcommand {

  private final Setting setting;

  CheckpointWhy(Setting setting) {
    this.setting = setting;
  }

  /// What is known of a source.
  private record Behind(String source, String said, List<String> items) {}

  @Override
  public CommandSpec spec() {
    var spec =
        Options.command(
            "why",
            "Tell who wrote a checkpoint and of what, or what stands behind one of its sources.",
            "",
            "Items end with where they are from: m12 is a message, c:ID a tool call, t:T1 a task,",
            "n:ID a note. Given such a name, it shows what was said there, and the items from it.",
            "");
    spec.addPositional(Options.required("SESSION", "Id of a session, or its first digits."));
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1")
            .type(String.class)
            .arity("0..1")
            .paramLabel("SOURCE")
            .description("A source, as items name it.")
            .build());
    Options.addFormat(spec);
    spec.usageMessage()
        .footer("", "Examples:", "  mimo checkpoint why 7f3a", "  mimo checkpoint why 7f3a m12");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = new CheckpointDesk(setting.memory().get());
    var source = words.matchedPositionalValue(1, "");
    boolean text = Options.format(words) == Format.TEXT;
    return MemoryDesk.told(() -> {
      var found = desk.find(words.matchedPositionalValue(0, ""));
      var said = desk.said(found.session()).orElse(null);
      if (source.isEmpty()) {
        watermark(found, said, text);
      } else {
        behind(found, behind(found, said == null ? List.of() : said, source), text);
      }
      return ExitCode.OK;
    });
  }

  private void watermark(Listed found, @Nullable List<Message> said, boolean text) {
    var watermark = found.checkpoint().watermark();
    var fits = said == null ? "unknown" : watermark.covered().isIn(said) ? "yes" : "no";
    if (!text) {
      setting.say(
          CheckpointWords.object(json -> {
            CheckpointWords.write(json, found);
            json.writeStringField("fits", fits);
            if (said != null) {
              json.writeNumberField("messages", said.size());
            }
          }));
      return;
    }
    setting.say("session   " + found.session());
    setting.say("number    " + watermark.number());
    setting.say("writer    " + watermark.writer().word());
    setting.say(
        "covers    up to %s%s"
            .formatted(
                CheckpointWords.name(watermark.covered()),
                said == null ? "" : " of " + said.size() + " messages"));
    setting.say("by model  up to " + CheckpointWords.name(watermark.byModel()));
    setting.say(
        switch (fits) {
          case "yes" -> "fits      yes: these messages were said in the session";
          case "no" ->
              "fits      no: turns were taken back since, or the file was edited; the next one"
                  + " looks at everything anew";
          default -> "fits      not known: what was said is part of a run";
        });
    setting.say("file      " + found.place().file());
  }

  private static Behind behind(Listed found, List<Message> said, String source) {
    var items = new ArrayList<String>();
    for (var section : Section.values()) {
      for (var item : Item.of(found.checkpoint().section(section))) {
        if (item.sources().contains(source)) {
          items.add(section.title() + ": " + item.text());
        }
      }
    }
    var words = words(said, source);
    if (words.isEmpty() && items.isEmpty()) {
      throw new CommandException(
          "checkpoint_unknown",
          "the checkpoint of session %s names no source '%s'".formatted(found.session(), source));
    }
    return new Behind(source, words.orElse(""), items);
  }

  private void behind(Listed found, Behind behind, boolean text) {
    if (!text) {
      setting.say(
          CheckpointWords.object(json -> {
            json.writeStringField("session", found.session());
            json.writeStringField("source", behind.source());
            json.writeStringField("said", behind.said());
            json.writeArrayFieldStart("items");
            for (var item : behind.items()) {
              json.writeString(item);
            }
            json.writeEndArray();
          }));
      return;
    }
    behind.items().forEach(setting::say);
    if (!behind.said().isEmpty()) {
      setting.say((behind.items().isEmpty() ? "" : "\n") + behind.said());
    }
  }

  private static Optional<String> words(List<Message> said, String source) {
    if (source.matches("m\\d{1,9}")) {
      int number = Integer.parseInt(source.substring(1));
      return number < said.size() ? Optional.of(words(said.get(number))) : Optional.empty();
    }
    return source.startsWith("c:") ? call(said, source.substring(2)) : Optional.empty();
  }

  private static String words(Message message) {
    return switch (message) {
      case Message.User(var text) -> "user:\n" + text;
      case Message.Model(var content) -> {
        var lines = new ArrayList<String>();
        lines.add("agent:");
        for (var piece : content) {
          switch (piece) {
            case Content.Text(var text) -> lines.add(text);
            case Content.ToolCall(_, var tool, var arguments) ->
                lines.add("calls " + tool + " " + arguments);
            case Content.Reasoning _ -> {}
          }
        }
        yield String.join("\n", lines);
      }
      case Message.Tools(var answers) ->
          String.join("\n", answers.stream().map(Message.ToolAnswer::text).toList());
    };
  }

  private static Optional<String> call(List<Message> said, String id) {
    var lines = new ArrayList<String>();
    for (var message : said) {
      switch (message) {
        case Message.Model(var content) -> {
          for (var piece : content) {
            if (piece instanceof Content.ToolCall(var own, var tool, var arguments)
                && own.equals(id)) {
              lines.add("calls " + tool + " " + arguments);
            }
          }
        }
        case Message.Tools(var answers) ->
            answers.stream()
                .filter(answer -> answer.call().equals(id))
                .forEach(answer -> lines.add(answer.status() + ":\n" + answer.text()));
        case Message.User _ -> {}
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }
}
