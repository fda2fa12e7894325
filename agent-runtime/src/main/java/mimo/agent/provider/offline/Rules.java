package mimo.agent.provider.offline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.file.Location;
import mimo.agent.file.PathGuard;
import mimo.agent.json.Json;
import mimo.agent.message.Content;
import mimo.agent.output.AnswerSchema;
import mimo.agent.provider.ModelReply;
import mimo.agent.provider.ModelRequest;
import mimo.agent.tool.ToolSpec;

/// What the offline model does next: look for files, read some of them, answer (A23).
final class Rules {

  private static final int LINES_PER_FILE = 200;

  private final PathGuard guard;

  Rules(PathGuard guard) {
    this.guard = guard;
  }

  ModelReply reply(ModelRequest request) {
    var past = Conversation.of(request.messages());
    var subject = NamedPath.in(past.prompt(), guard);
    if (subject.isPresent() && offers(request, "glob") && offers(request, "read")) {
      if (!past.called("glob")) {
        return OfflineProvider.reply(request, List.of(glob(subject.get(), past)));
      }
      if (!past.called("read")) {
        var files = FileChoice.among(past.globbed());
        if (!files.isEmpty()) {
          return OfflineProvider.reply(request, reads(files, past));
        }
      }
    }
    var findings =
        new Findings(
            subject.map(Location.Inside::asked).orElse("."),
            name(subject.map(Location.Inside::real).orElse(Path.of(""))),
            past.read().stream().map(Excerpt::of).toList());
    return answer(request, past, findings);
  }

  private String name(Path subject) {
    var path = subject.toString().isEmpty() ? guard.root() : subject;
    var name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  private static Content glob(Location.Inside subject, Conversation past) {
    var arguments =
        switch (subject.kind()) {
          case FILE -> Json.object().put("pattern", subject.asked());
          case FOLDER -> Json.object().put("pattern", "**").put("path", subject.asked());
        };
    return new Content.ToolCall(past.freshId(0), "glob", Json.write(arguments));
  }

  private static List<Content> reads(List<String> files, Conversation past) {
    var calls = new ArrayList<Content>();
    for (var file : files) {
      var arguments = Json.object().put("file_path", file).put("limit", LINES_PER_FILE);
      calls.add(new Content.ToolCall(past.freshId(calls.size()), "read", Json.write(arguments)));
    }
    return calls;
  }

  private static ModelReply answer(ModelRequest request, Conversation past, Findings findings) {
    var tool = find(request, AnswerSchema.TOOL);
    if (tool.isEmpty()) {
      return OfflineProvider.reply(request, List.of(new Content.Text(findings.inWords())));
    }
    return AnswerMaker.make(Json.parse(tool.get().schema()), findings)
        .<ModelReply>map(value ->
            OfflineProvider.reply(
                request,
                List.of(
                    new Content.ToolCall(past.freshId(0), AnswerSchema.TOOL, Json.write(value)))))
        .orElseGet(() ->
            new ModelReply.Faulted(
                "offline_unsatisfied",
                "the offline model found no value that fits the schema; ask a language model"));
  }

  private static boolean offers(ModelRequest request, String tool) {
    return find(request, tool).isPresent();
  }

  private static Optional<ToolSpec> find(ModelRequest request, String tool) {
    return request.tools().stream().filter(spec -> spec.name().equals(tool)).findFirst();
  }
}
