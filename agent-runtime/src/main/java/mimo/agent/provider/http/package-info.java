/// HTTP to providers: one POST, its reply as a stream, and the events within.
///
/// Only this package knows the HTTP client. It follows no redirect and repeats nothing by itself:
/// what is tried again, and when, is decided in [mimo.agent.provider.retry].
@NullMarked
package mimo.agent.provider.http;

import org.jspecify.annotations.NullMarked;
