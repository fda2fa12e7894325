package mimo.cli.command.session;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import mimo.agent.goal.GoalLedger;
import mimo.agent.session.ConversationTurns;
import mimo.agent.session.FactCodec;
import mimo.agent.session.GoalFact;
import mimo.agent.session.GoalWords;
import mimo.cli.command.Options;
import mimo.cli.command.Setting;
import mimo.cli.command.Subcommand;
import mimo.cli.error.ExitCode;
import mimo.cli.terminal.Format;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `mimo goal show`: what a session is to reach, and how that stands (G10).
final class GoalShow implements Subcommand {

  private final Setting setting;

  GoalShow(Setting setting) {
    this.setting = setting;
  }

  @Override
  public CommandSpec spec() {
    var spec = Options.command("show", "Show the goal of a session, and its last verdict.");
    spec.addPositional(SessionWords.idOrLast());
    Options.addFormat(spec);
    spec.usageMessage().footer("", "Examples:", "  mimo goal show", "  mimo goal show 7f3a --json");
    return spec;
  }

  @Override
  public ExitCode run(ParseResult words) throws InterruptedException {
    var desk = setting.sessions().get();
    var id = SessionWords.meant(desk, words);
    var facts = desk.said(id).stream().map(FactCodec::read).toList();
    var ledger = GoalLedger.of(ConversationTurns.holding(facts));
    if (Options.format(words) != Format.TEXT) {
      setting.say(SessionWords.answer(id, json -> write(json, ledger)));
      return ExitCode.OK;
    }
    var goal = goal(ledger);
    if (goal == null) {
      setting.say("Session " + id + " has no goal; mimo run --session " + id + " --goal sets one.");
      return ExitCode.OK;
    }
    ledger.shown().forEach(setting::show);
    goal.checks().forEach(check -> setting.show("check: " + GoalWords.name(check)));
    return ExitCode.OK;
  }

  /// The one that is set, or was last; null if none ever was.
  private static GoalFact.@Nullable Set goal(GoalLedger ledger) {
    return ledger.goal() == null ? ledger.cleared() : ledger.goal();
  }

  private static void write(JsonGenerator json, GoalLedger ledger) throws IOException {
    var goal = goal(ledger);
    if (goal == null) {
      json.writeNullField("goal");
      return;
    }
    json.writeObjectFieldStart("goal");
    json.writeStringField("condition", goal.condition());
    json.writeArrayFieldStart("checks");
    for (var check : goal.checks()) {
      json.writeString(GoalWords.name(check));
    }
    json.writeEndArray();
    json.writeStringField("tests", goal.tests().name().toLowerCase(Locale.ROOT));
    json.writeStringField("state", state(ledger));
    json.writeStringField("reason", ledger.reason());
    json.writeNumberField("reentries", ledger.reentries());
    json.writeNumberField("max_reentries", goal.most());
    json.writeEndObject();
  }

  private static String state(GoalLedger ledger) {
    var state = ledger.state();
    return state == null || (ledger.goal() != null && ledger.last() == null)
        ? "not_judged"
        : state.name().toLowerCase(Locale.ROOT);
  }
}
