// expect: nothing leaks
attempt("assign", () => { Math.random = () => 4; return 1; });
attempt("uuid", () => { crypto.randomUUID = () => "x"; return 1; });
attempt("values", () => crypto.getRandomValues(new Uint8Array(4)));
attempt("subtle", () => crypto.subtle);
