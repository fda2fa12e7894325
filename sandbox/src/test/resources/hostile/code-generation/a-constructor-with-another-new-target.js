// expect: nothing leaks
const Native = Object.getPrototypeOf(Object.getPrototypeOf(async () => 0).constructor);
attempt("native", () => Native("return 1")());
attempt("reflect", () => Reflect.construct(Native, ["return 1"], Object)());
attempt("bound", () => Native.bind(null, "return 1")()());
attempt("apply", () => Native.apply(null, ["a", "return a"])(1));
attempt("super", () => new (class extends Native { constructor() { super("return 1"); } })()());
