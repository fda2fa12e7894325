/// Pages of the web, for agents that are allowed to ask for them (A50, S33).
///
/// [mimo.agent.web.WebFetchTool] is what a model sees of it, and [mimo.agent.web.WebClient] what
/// goes out: a name is looked up once, every address it has must be public, and the connection goes
/// to an address that was looked at. Nothing that a page mentions is fetched along with it.
@NullMarked
package mimo.agent.web;

import org.jspecify.annotations.NullMarked;
