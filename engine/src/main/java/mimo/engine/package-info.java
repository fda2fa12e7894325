/// Durable execution: a run is a workflow whose every step is journaled before anything acts on it.
///
/// This package is the room's face: what a workflow asks for ([RunScope]), who performs it
/// ([Activity]), and what comes of it ([RunResult]). The engine knows neither scripts nor models;
/// both are behind [Workflow] and [Activity], which others implement.
@NullMarked
package mimo.engine;

import org.jspecify.annotations.NullMarked;
