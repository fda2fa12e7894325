// C70 (L60) `URL` takes http, https and file with ASCII hosts; anything else is a TypeError.
// result: {"taken":["http://a.example/b?c=d#e","https://a.example:8443/","file:///etc/hosts"],"refused":["TypeError","TypeError","TypeError","TypeError","TypeError"],"query":["d","1 2"]}

export const meta = { name: "c70", description: "Reads addresses." };

const fault = (text) => {
  try {
    return new URL(text).href;
  } catch (e) {
    return e.name;
  }
};
const { searchParams } = new URL("http://a.example/b?c=d&n=1+2");
return {
  taken: ["http://a.example/b?c=d#e", "HTTPS://A.example:8443", "file:///etc/hosts"].map(fault),
  refused: ["ftp://a.example/", "javascript:1", "https://b\u00fccher.example/", "a b", ""].map(fault),
  query: [searchParams.get("c"), searchParams.get("n")],
};
