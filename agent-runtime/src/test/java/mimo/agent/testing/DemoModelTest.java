package mimo.agent.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.message.Message.Status;
import mimo.agent.message.Message.ToolAnswer;
import mimo.agent.provider.ModelReply.Completed;
import mimo.agent.provider.ModelReply.Finish;
import mimo.agent.provider.ModelRequest;
import mimo.agent.provider.Provider;
import mimo.agent.provider.ProviderEndpoint;
import mimo.agent.provider.ProviderEndpoint.Dialect;
import mimo.agent.provider.ProviderEndpoint.Patience;
import mimo.agent.provider.http.HttpTransport;
import mimo.agent.provider.retry.Pause;
import mimo.agent.provider.retry.RetryLoop;
import mimo.agent.provider.wire.Wire;
import mimo.agent.tool.ToolSpec;
import mimo.agent.tool.ToolSpec.Effect;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoModelTest {

  private static final String FINDINGS =
      "{\"type\":\"object\",\"properties\":{\"findings\":{\"type\":\"array\",\"items\":"
          + "{\"type\":\"string\"}}},\"required\":[\"findings\"]}";
  private static final List<ToolSpec> TOOLS =
      List.of(
          new ToolSpec("glob", "Finds.", "{\"type\":\"object\"}", Effect.READS),
          new ToolSpec("read", "Reads.", "{\"type\":\"object\"}", Effect.READS),
          new ToolSpec("answer", "Answers.", FINDINGS, Effect.CHANGES));

  @Test
  void looksThenReadsThenAnswersOverRealHttp() throws InterruptedException {
    var log = new ByteArrayOutputStream();
    try (var server =
        DemoModelServer.start(0, new DemoModel(1), new PrintStream(log, true, UTF_8))) {
      var talk = new Talk(server.baseUrl(), "Review the files in src/main, please.");

      assertEquals(
          List.of(new Content.ToolCall("call_1_0", "glob", "{\"pattern\":\"src/main/**\"}")),
          talk.calls("src/main/A.java\nsrc/main/B.java\n2 files"));
      assertEquals(
          List.of(
              new Content.ToolCall("call_3_0", "read", "{\"file_path\":\"src/main/A.java\"}"),
              new Content.ToolCall("call_3_1", "read", "{\"file_path\":\"src/main/B.java\"}")),
          talk.calls("1\t\n2\tclass A {}", "1\tclass B {}"));
      assertEquals(
          List.of(
              new Content.ToolCall(
                  "call_6_0", "answer", "{\"findings\":[\"class A {}\",\"class B {}\"]}")),
          talk.calls("accepted"));
      assertEquals(List.of(new Content.Text("class A {}\nclass B {}")), talk.ask().content());
      assertEquals(
          """
          request 1: 1 messages, 3 tools
          request 2: 3 messages, 3 tools
          request 3: 6 messages, 3 tools
          request 4: 8 messages, 3 tools
          """,
          log.toString(UTF_8).replace("\r", ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAFileThatIsNamedInEveryProtocol(Speech speech) throws InterruptedException {
    var model = new DemoModel(0, DemoModelServer.speech("--protocol", speech.word()));
    try (var server = FakeModelServer.start(model)) {
      var talk = new Talk(speech, server.baseUrl(), "Sum up docs/guide.md.");

      assertEquals(
          List.of(new Content.ToolCall("call_1_0", "read", "{\"file_path\":\"docs/guide.md\"}")),
          talk.calls("1\t# Guide"));
      assertEquals(
          List.of(new Content.ToolCall("call_3_0", "answer", "{\"findings\":[\"# Guide\"]}")),
          talk.calls("taken"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"string\",\"minLength\":40}",
        "{\"type\":\"string\",\"maxLength\":3}",
        "{\"type\":\"integer\",\"minimum\":3,\"maximum\":5}",
        "{\"type\":\"number\",\"minimum\":0,\"maximum\":0.5}",
        "{\"type\":\"integer\",\"multipleOf\":7,\"exclusiveMinimum\":7}",
        "{\"type\":\"array\",\"items\":{\"enum\":[\"a\",\"b\"]},\"minItems\":4,\"maxItems\":5}",
        "{\"type\":\"object\",\"required\":[\"x\",\"y\"],\"properties\":{\"x\":{\"const\":1}}}",
        "{\"$defs\":{\"t\":{\"type\":\"boolean\"}},\"type\":\"object\","
            + "\"properties\":{\"b\":{\"$ref\":\"#/$defs/t\"}}}",
        "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]}",
        "{\"type\":[\"string\",\"null\"],\"default\":\"d\"}"
      })
  void fillsASchemaWithAValueThatIsValid(String schema) throws JsonProcessingException {
    var value = new SchemaFiller(new ObjectMapper().readTree(schema), List.of("one", "two")).fill();

    var judge =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    assertEquals(List.of(), judge.validate(value.toString(), InputFormat.JSON));
  }

  @Test
  void thinksAsLongAsItIsTold() throws InterruptedException {
    try (var server = FakeModelServer.start(new DemoModel(30))) {
      long before = System.nanoTime();

      new Talk(server.baseUrl(), "hello").ask();

      assertTrue(System.nanoTime() - before >= 30_000_000);
    }
  }

  /// A conversation with a provider, answered by hand.
  private static final class Talk {
    private final Provider provider;
    private final List<Message> messages = new ArrayList<>();

    Talk(URI baseUrl, String prompt) {
      this(Speech.CHAT, baseUrl, prompt);
    }

    Talk(Speech speech, URI baseUrl, String prompt) {
      var endpoint =
          new ProviderEndpoint("demo", baseUrl, null, List.of(), Dialect.PLAIN, Patience.DEFAULT);
      var retries = new RetryLoop(Pause.real(), new Random(1), InstantSource.system());
      provider =
          speech
              .maker(new Wire(new HttpTransport(), retries, InstantSource.system()))
              .open(endpoint);
      messages.add(new Message.User(prompt));
    }

    Completed ask() throws InterruptedException {
      var request = new ModelRequest("demo", "", messages, TOOLS, OptionalLong.empty());
      var reply =
          (Completed)
              provider.ask(request, new RecordingStreamListener(), CancellationToken.never());
      messages.add(new Message.Model(reply.content()));
      return reply;
    }

    /// The calls of the next reply, which get `answers`.
    List<Content.ToolCall> calls(String... answers) throws InterruptedException {
      var reply = ask();
      assertEquals(Finish.TOOL_CALLS, reply.finish());
      var calls =
          reply.content().stream()
              .filter(Content.ToolCall.class::isInstance)
              .map(Content.ToolCall.class::cast)
              .toList();
      var results = new ArrayList<ToolAnswer>();
      for (int i = 0; i < calls.size(); i++) {
        results.add(new ToolAnswer(calls.get(i).id(), answers[i], Status.OK));
      }
      messages.add(new Message.Tools(results));
      return calls;
    }
  }
}
