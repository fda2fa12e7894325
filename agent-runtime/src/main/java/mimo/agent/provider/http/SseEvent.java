package mimo.agent.provider.http;

/// One server-sent event.
///
/// @param name its type; `message` if the stream does not say
/// @param data its lines of data, joined by line feeds
public record SseEvent(String name, String data) {}
