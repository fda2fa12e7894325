package mimo.cli.session;

import java.util.ArrayList;
import java.util.List;
import mimo.agent.file.AttachedText;
import mimo.agent.file.PathGuard;
import mimo.agent.permission.Authority;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.prompt.Narrowing;
import mimo.agent.prompt.PromptCommand;
import mimo.agent.session.SessionFact.Attached;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.cli.command.SessionDesk.Order;
import mimo.cli.error.CommandException;
import mimo.cli.extension.CommandFiles;
import org.jspecify.annotations.Nullable;

/// What an order comes to, once the command that its prompt may call has been put in its place
/// (A38).
///
/// @param prompt in all its words
/// @param agent who is asked; null for whoever has the session
/// @param model who thinks; null for whoever does
/// @param narrowing which tools there are for it
/// @param attached the files that a command brings in
/// @param notices what the user should know of it
/// @param other whether a command wants another agent or model than the order
record Wish(
    String prompt,
    @Nullable String agent,
    @Nullable String model,
    Narrowing narrowing,
    List<Attached> attached,
    List<String> notices,
    boolean other) {

  Wish {
    attached = List.copyOf(attached);
    notices = List.copyOf(notices);
  }

  /// Where a command's words are put together.
  ///
  /// @param authority what may be read there; nobody is asked for more
  record Ground(PathGuard guard, Authority authority) {}

  /// Makes the prompt of a command.
  interface Grounding {
    Ground ground() throws InterruptedException;
  }

  /// What is wished where no command is called.
  static Wish plain(Order order) {
    return new Wish(
        order.prompt(), order.agent(), order.model(), Narrowing.NONE, List.of(), List.of(), false);
  }

  /// What is wished by calling a command.
  ///
  /// @throws CommandException `usage` if it becomes too long
  static Wish of(Order order, CommandFiles.Called called, Grounding grounding)
      throws InterruptedException {
    var command = called.command();
    var expanded = expanded(command, called.behind());
    var notices = new ArrayList<String>();
    command
        .shellLines()
        .forEach(line ->
            notices.add(
                "/%s: !`%s` is not run, since no word of a prompt gets to a shell; the agent can"
                        .formatted(command.name(), line)
                    + " run it with bash, by your rules."));
    var attached = new ArrayList<Attached>();
    if (!expanded.files().isEmpty()) {
      var ground = grounding.ground();
      expanded.files().forEach(file -> attach(file, command, ground, attached, notices));
    }
    boolean other =
        (order.agent() == null && command.agent() != null)
            || (order.model() == null && command.model() != null);
    return new Wish(
        expanded.prompt(),
        order.agent() == null ? command.agent() : order.agent(),
        order.model() == null ? command.model() : order.model(),
        command.narrowing(),
        attached,
        notices,
        other);
  }

  /// The same, without the files that whoever is asked may not read unasked.
  Wish within(Authority authority) {
    var fitting = new ArrayList<Attached>();
    var more = new ArrayList<>(notices);
    for (var file : attached) {
      var ruling = authority.permissions().rule(reading(file.name()));
      if (ruling.decision() == Decision.ALLOW) {
        fitting.add(file);
      } else {
        more.add("@%s does not come along: %s.".formatted(file.name(), ruling.reason()));
      }
    }
    return new Wish(prompt, agent, model, narrowing, fitting, more, other);
  }

  private static Call reading(String file) {
    return new Call("read", Effect.READS, List.of(new Need.Read(file)));
  }

  private static PromptCommand.Expanded expanded(PromptCommand command, String behind) {
    try {
      return command.expand(behind);
    } catch (IllegalArgumentException tooLong) {
      throw new CommandException("usage", String.valueOf(tooLong.getMessage()));
    }
  }

  /// A file comes along if an agent might read it unasked. What is not there was no path.
  private static void attach(
      String file,
      PromptCommand command,
      Ground ground,
      List<Attached> attached,
      List<String> notices) {
    var ruling = ground.authority().permissions().rule(reading(file));
    if (ruling.decision() != Decision.ALLOW) {
      notices.add(
          "/%s: @%s does not come along: %s.".formatted(command.name(), file, ruling.reason()));
    } else if (AttachedText.read(ground.guard(), file) instanceof AttachedText.Found(var text)) {
      attached.add(new Attached(file, text));
    }
  }
}
