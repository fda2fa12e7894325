package mimo.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mimo.agent.message.Content;
import mimo.agent.message.Message;
import mimo.agent.provider.ModelReply;
import mimo.agent.tool.DeferredTools;
import mimo.engine.redaction.Placeholders;
import org.jspecify.annotations.Nullable;

/// The calls of one reply, with ids that are unique in their conversation (A28).
///
/// @param content the reply's content as it enters the conversation
/// @param calls the calls in it, in order
record PlannedCalls(List<Content> content, List<Planned> calls) {

  private static final String CUT_OFF =
      "Interrupted, and not run: the program was stopped before this call began, and a secret in"
          + " its arguments is not stored.";

  /// A call as it is meant, and why it must not run, if so.
  record Planned(Content.ToolCall call, @Nullable String fault) {}

  PlannedCalls {
    content = List.copyOf(content);
    calls = List.copyOf(calls);
  }

  /// Puts a reply's calls in order.
  ///
  /// Some servers number their calls anew in each reply: an id from an earlier reply is renamed and
  /// the call runs. An id given twice in one reply is a mistake: the second call does not run.
  ///
  /// @param known the ids of earlier replies; the new ones are added
  /// @param turn the number of the request, for ids made here
  static PlannedCalls of(ModelReply.Completed reply, Set<String> known, int turn) {
    var content = new ArrayList<Content>();
    var calls = new ArrayList<Planned>();
    var here = new HashSet<String>();
    for (var piece : reply.content()) {
      if (!(piece instanceof Content.ToolCall call)) {
        content.add(piece);
        continue;
      }
      boolean repeated = !call.id().isBlank() && !here.add(call.id());
      var id = call.id().isBlank() || !known.add(call.id()) ? fresh(known, turn, calls) : call.id();
      var kept = new Content.ToolCall(id, call.tool(), call.arguments());
      content.add(kept);
      calls.add(new Planned(DeferredTools.meant(kept), fault(call, repeated, calls.size())));
    }
    markTruncated(reply, calls);
    return new PlannedCalls(content, calls);
  }

  /// The same calls, but for those of which not all is known any more: what was sent held a secret,
  /// and the stored copy does not (D69).
  PlannedCalls withoutRedacted() {
    return new PlannedCalls(content, calls.stream().map(PlannedCalls::unlessRedacted).toList());
  }

  private static Planned unlessRedacted(Planned planned) {
    return planned.fault() == null && Placeholders.in(planned.call().arguments())
        ? new Planned(planned.call(), CUT_OFF)
        : planned;
  }

  private static String fresh(Set<String> known, int turn, List<Planned> calls) {
    var id = "call_" + turn + "_" + (calls.size() + 1);
    while (!known.add(id)) {
      id += "x";
    }
    return id;
  }

  private static @Nullable String fault(Content.ToolCall call, boolean repeated, int before) {
    if (repeated) {
      return "the call id '" + call.id() + "' was given twice; only the first call was run";
    }
    if (before >= AgentLimits.CALLS_PER_REPLY) {
      return "a reply may hold " + AgentLimits.CALLS_PER_REPLY + " calls; this one was not run";
    }
    return null;
  }

  /// Where the output limit struck, empty arguments are not `{}`: they were still to come.
  private static void markTruncated(ModelReply.Completed reply, List<Planned> calls) {
    if (reply.finish() == ModelReply.Finish.LENGTH
        && !calls.isEmpty()
        && calls.getLast().call().arguments().isBlank()) {
      var last = calls.removeLast();
      calls.add(
          new Planned(last.call(), "the reply was cut before the arguments; nothing was run"));
    }
  }

  /// The ids of all calls that were made in a conversation.
  static Set<String> ids(List<Message> history) {
    var ids = new HashSet<String>();
    for (var message : history) {
      if (message instanceof Message.Model(var content)) {
        for (var piece : content) {
          if (piece instanceof Content.ToolCall call) {
            ids.add(call.id());
          }
        }
      }
    }
    return ids;
  }
}
