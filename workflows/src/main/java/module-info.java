/// The built-in workflows.
module mimo.workflows {
  requires static org.jspecify;

  exports mimo.workflows;
}
