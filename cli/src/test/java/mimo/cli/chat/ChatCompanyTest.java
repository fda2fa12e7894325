package mimo.cli.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import mimo.agent.permission.Approver.Answer;
import mimo.agent.permission.Call;
import mimo.agent.permission.Decision;
import mimo.agent.permission.Grant;
import mimo.agent.permission.Question;
import mimo.agent.permission.Question.Link;
import mimo.agent.permission.Ruling;
import mimo.agent.question.Asker;
import mimo.agent.tool.Need;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.cli.terminal.Style;
import mimo.engine.CancellationSource;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a user is asked, and what each answer means (A56, A76).
@Timeout(30)
final class ChatCompanyTest {

  private final ChatCompany company = new ChatCompany(Style.PLAIN);
  private final List<Ask> asked = new ArrayList<>();

  /// The user presses this key.
  private void presses(char key, String note) {
    company.comes(
        ask -> {
          asked.add(ask);
          var choice = ask.choice(String.valueOf(key)).orElseThrow();
          ask.reply().complete(new Ask.Reply(choice, note));
        },
        _ -> {});
  }

  private static Question question(List<Grant> always, List<Link> links) {
    var call = new Call("write", Effect.CHANGES, List.of(new Need.Write("docs/a.txt")));
    var ruling = new Ruling(Decision.ASK, "edit = ask (user)", null, List.of(), always);
    return new Question(call, ruling, Optional.of("@@ -0,0 +1 @@\n+new"), links);
  }

  private Answer approve(Question question) throws InterruptedException {
    return company.company().approver().ask(question, CancellationToken.never());
  }

  private List<String> words() {
    return asked.getLast().choices().stream().map(Ask.Choice::words).toList();
  }

  @Test
  void showsTheChangeTheFinalTargetTheRuleAndWhatAlwaysMeans() throws Exception {
    presses('a', "");

    var answer =
        approve(
            question(
                List.of(new Grant("edit", "docs/a.txt")),
                List.of(new Link("docs/a.txt", "real/a.txt"))));

    assertEquals(new Answer.Always(), answer);
    assertEquals(
        List.of(
            "write  writes docs/a.txt",
            "docs/a.txt leads to real/a.txt",
            "@@ -0,0 +1 @@",
            "+new",
            "asked for by edit = ask (user)",
            "always allows edit \"docs/a.txt\""),
        asked.getLast().lines());
    assertEquals(List.of("yes, this once", "always", "no"), words());
  }

  @Test
  void showsTheFolderACommandRunsIn() throws Exception {
    presses('y', "");
    var needs =
        List.<Need>of(new Need.Command("make", false), new Need.Command("make", true, "web"));
    var ruling = new Ruling(Decision.ASK, "bash = ask", null, List.of(), List.of());

    approve(new Question(new Call("bash", Effect.CHANGES, needs), ruling, Optional.empty()));

    assertEquals(
        List.of(
            "bash  make", "bash  make  (in web)  (with the network)", "asked for by bash = ask"),
        asked.getLast().lines());
  }

  @Test
  void offersNoAlwaysWhereNothingIsRemembered() throws Exception {
    presses('y', "");

    assertEquals(new Answer.Once(), approve(question(List.of(), List.of())));

    assertEquals(List.of("yes, this once", "no"), words());
  }

  @Test
  void whoRefusesMaySayWhy() throws Exception {
    presses('n', "use the other file");
    assertEquals(
        new Answer.Rejected("use the other file"), approve(question(List.of(), List.of())));

    presses('n', "");
    assertEquals(new Answer.Rejected(null), approve(question(List.of(), List.of())));
  }

  @Test
  void nobodyIsThereBeforeTheUserHasCome() throws Exception {
    assertEquals(new Answer.Rejected(null), approve(question(List.of(), List.of())));
  }

  @Test
  void cutsALongChangeAndSaysHowMuchIsMissing() throws Exception {
    presses('y', "");
    var call = new Call("write", Effect.CHANGES, List.of(new Need.Use()));
    var ruling = new Ruling(Decision.ASK, "rule", null, List.of(), List.of());

    approve(new Question(call, ruling, Optional.of("+line\n".repeat(30))));

    assertEquals("... 10 lines more", asked.getLast().lines().get(21));
  }

  @Test
  void aStopOfTheAgentEndsTheQuestion() throws Exception {
    var stop = new CancellationSource();
    var shown = new CountDownLatch(1);
    company.comes(
        ask -> {
          asked.add(ask);
          shown.countDown();
        },
        _ -> {});
    var asking =
        Thread.ofVirtual()
            .start(() ->
                assertThrows(
                    InterruptedException.class,
                    () -> company.company().approver().ask(question(List.of(), List.of()), stop)));
    shown.await();
    stop.cancel();
    asking.join();

    assertEquals(asked.getLast().refusal(), asked.getLast().reply().get().choice());
  }

  @Test
  void aQuestionOfTheAgentHasItsOptionsAndOtherWords() throws Exception {
    var asker = company.company().asker();
    var question = new Asker.Question("Which one?", List.of("this", "that"));
    presses('2', "");
    assertEquals(new Asker.Reply.Answered("that"), asker.ask(question, CancellationToken.never()));
    assertEquals(List.of("this", "that", "in other words"), words());

    presses('w', "neither");
    assertEquals(
        new Asker.Reply.Answered("neither"), asker.ask(question, CancellationToken.never()));
    presses('w', "");
    assertEquals(new Asker.Reply.Nobody(), asker.ask(question, CancellationToken.never()));
  }
}
