package mimo.engine.journal.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import mimo.engine.ActivityContext;
import mimo.engine.ActivityRequest;
import mimo.engine.ActivityResult;
import mimo.engine.BudgetLimit;
import mimo.engine.RunListener;
import mimo.engine.RunRequest;
import mimo.engine.RunScope;
import mimo.engine.SourcePosition;
import mimo.engine.StepKind;
import mimo.engine.WorkflowResult;
import mimo.engine.journal.ContentKeys;
import mimo.engine.journal.Digests;
import mimo.engine.testing.ScriptedActivity;
import mimo.engine.testing.TestBench;

/// A process with a thousand secrets, which puts each of them into every kind of place that a run
/// stores, prints `planted`, and waits to be killed.
final class SecretHolder {

  static final int SECRETS = 1_000;
  private static final int EACH = 20;
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final List<String> ODD = List.of("", "/", "\"", "ü", "+=", " ");

  private SecretHolder() {}

  /// The secrets; some have characters that JSON, URLs and base64 write in another way.
  static List<String> secrets() {
    var random = new Random(14);
    var secrets = new ArrayList<String>();
    for (int i = 0; i < SECRETS; i++) {
      var secret = new StringBuilder();
      for (int n = 0; n < 18; n++) {
        secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      secrets.add(secret.insert(9, ODD.get(i % ODD.size())).toString());
    }
    return secrets;
  }

  /// @param arguments the store's folder
  public static void main(String[] arguments) throws InterruptedException {
    var secrets = secrets();
    var agents = new ScriptedActivity((request, context) -> answer(secrets, request, context));
    var all = json(String.join(" ", secrets));
    var script = new RunRequest.ScriptDigest(secrets.getFirst(), Digests.hex("s"));
    var request =
        new RunRequest(
            secrets.get(1),
            List.of(script),
            all,
            all,
            new BudgetLimit.Unlimited(secrets.get(2)),
            Duration.ofHours(1));
    var engine = TestBench.engine(new SqliteJournal(Path.of(arguments[0])), agents, secrets);
    engine
        .start(
            request,
            scope -> {
              for (int i = 0; i < SECRETS; i += EACH) {
                plant(secrets.subList(i, i + EACH), i, scope);
              }
              System.out.println("planted");
              new CountDownLatch(1).await();
              return new WorkflowResult.Finished("1", List.of());
            },
            RunListener.none())
        .await();
  }

  private static void plant(List<String> secrets, int number, RunScope scope)
      throws InterruptedException {
    var text = String.join(" and ", secrets);
    scope.log(text);
    scope.enterPhase(text);
    scope.openBudget(0, text, new BudgetLimit.Total("output_tokens", 1_000));
    var input = json(text);
    scope.schedule(
        new ActivityRequest(
            StepKind.AGENT,
            ContentKeys.of(input),
            text,
            input,
            String.valueOf(number),
            text,
            new SourcePosition(secrets.getFirst(), 1, 1)));
    scope.awaitDeliveries();
  }

  private static ActivityResult answer(
      List<String> secrets, ActivityRequest request, ActivityContext context) {
    int from = Integer.parseInt(request.label());
    var some = secrets.subList(from, from + EACH);
    var text = String.join(" and ", some);
    var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    context.session().append("turn", json(text + " " + encoded));
    context.charge(Map.of(some.getFirst(), 1L));
    LockSupport.parkNanos(1);
    return from % (2 * EACH) == 0
        ? new ActivityResult.Failed("refused", text, json(text))
        : new ActivityResult.Completed(
            "[\"" + "x".repeat(9_000) + "\"," + json(text) + "," + json(encoded) + "]",
            json(text),
            json(text));
  }

  static String json(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
