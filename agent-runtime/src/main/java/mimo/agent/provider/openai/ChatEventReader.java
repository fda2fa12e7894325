package mimo.agent.provider.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import mimo.agent.provider.JsonWalk;
import mimo.agent.provider.ProviderLimits;
import mimo.agent.provider.http.MalformedStreamException;
import mimo.agent.provider.http.SseEvent;
import mimo.agent.provider.http.SseReader;

/// Reads the body of a reply as events, whether it streams or is one plain JSON object (A29).
/// Confined to one thread.
final class ChatEventReader {

  private static final String DONE = "[DONE]";

  private final Queue<ChatEvent> ready = new ArrayDeque<>();
  private final PushbackInputStream body;
  private final SseReader stream;
  private boolean opened;
  private boolean over;

  ChatEventReader(InputStream body) {
    this.body = new PushbackInputStream(body, 1);
    this.stream = new SseReader(this.body);
  }

  /// The next event; empty when the body has ended.
  Optional<ChatEvent> next() throws IOException {
    if (!opened) {
      opened = true;
      readPlainBody();
    }
    while (ready.isEmpty() && !over) {
      readStream();
    }
    return Optional.ofNullable(ready.poll());
  }

  private void readStream() throws IOException {
    var event = stream.next();
    if (event.isEmpty()) {
      over = true;
    } else if (event.get().data().strip().equals(DONE)) {
      ready.add(new ChatEvent.Done());
      over = true;
    } else {
      readEvent(event.get());
    }
  }

  /// Chunks have no name; what has one may be an error, or something nobody here knows.
  private void readEvent(SseEvent event) throws MalformedStreamException {
    try {
      readChunk(event.data());
    } catch (MalformedStreamException malformed) {
      if (event.name().equals("message") || event.name().equals("error")) {
        throw malformed;
      }
    }
  }

  /// A stream starts with a field's name, a JSON reply with a brace, a page with a tag; the type
  /// that providers declare is not to be trusted.
  private void readPlainBody() throws IOException {
    int first = body.read();
    while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
      first = body.read();
    }
    if (first >= 0) {
      body.unread(first);
    }
    if (first == '<') {
      ready.add(new ChatEvent.WebPage());
      over = true;
    } else if (first == '{' || first == '[') {
      var bytes = body.readNBytes(ProviderLimits.LINE_BYTES + 1);
      if (bytes.length > ProviderLimits.LINE_BYTES) {
        throw new MalformedStreamException(
            "the reply is longer than " + ProviderLimits.LINE_BYTES + " bytes");
      }
      readChunk(new String(bytes, StandardCharsets.UTF_8));
      ready.add(new ChatEvent.Done());
      over = true;
    }
  }

  private void readChunk(String json) throws MalformedStreamException {
    var chunk = new ChatChunk();
    try {
      JsonWalk.walk(json, chunk);
    } catch (IOException broken) {
      throw new MalformedStreamException("the stream holds invalid JSON");
    }
    ready.addAll(chunk.events());
  }
}
