import { TRACE } from "../../src/runtime/core/exception/exceptions.js";
import { originalPosition } from "../../src/runtime/core/exception/source-map.js";
import { formatException, raise, registerSourceMap, ValueError } from "../../src/runtime/index.js";

// Lines 1 to 4 of the JavaScript are lines 1, 3, 3 and 10 of the Python file.
const map = {
  sources: ["main.py"],
  mappings: "AAAA;AAEA,IAAA;AAAA;AAOA",
  x_functions: [[3, 5, "f"]] as const,
};
registerSourceMap("file:///main.js", map);

function withStack(...lines: string[]) {
  const error = new ValueError("x");
  error[TRACE] = [{ holder: { stack: ["Error", ...lines].join("\n") }, provisional: false }];
  return error;
}

test("positions", () => {
  expect(originalPosition("file:///main.js", 2, 9)).toEqual({
    file: "main.py",
    line: 3,
    name: "f",
  });
  expect(originalPosition("file:///main.js", 4, 1)).toEqual({
    file: "main.py",
    line: 10,
    name: "<module>",
  });
  expect(originalPosition("file:///other.js", 1, 1)).toBeUndefined();
});

test("frames of the program only, outermost first", () => {
  const error = withStack(
    "    at helper (file:///runtime/core/call.js:1:1)",
    "    at f (file:///main.js:2:3)",
    "    at new A (file:///main.js:1:1)",
    "    at ProjectModule.body (file:///main.js:4:1)",
    "    at Generator.next (<anonymous>)",
  );
  expect(formatException(error)).toBe(
    'Traceback (most recent call last):\n  File "main.py", line 10, in <module>\n' +
      '  File "main.py", line 3, in f\nValueError: x\n',
  );
});

test("the body of a class, which Python calls from the class statement", () => {
  registerSourceMap("file:///classes.js", {
    ...map,
    x_functions: [
      [2, 9, "make"],
      [3, 5, "Made", 2],
    ],
  });
  const error = withStack(
    "    at make (file:///classes.js:2:9)",
    "    at ProjectModule.body (file:///classes.js:4:1)",
  );
  expect(formatException(error)).toBe(
    'Traceback (most recent call last):\n  File "main.py", line 10, in <module>\n' +
      '  File "main.py", line 2, in make\n  File "main.py", line 3, in Made\nValueError: x\n',
  );
});

test("functions without a name, and the stacks of other engines", () => {
  const error = withStack(
    "    at file:///main.js:1:1",
    "    at file:///main.js:1:1",
    "    at collect (file:///runtime/core/comprehension.js:1:1)",
    "body@file:///main.js:4:1",
  );
  expect(formatException(error)).toBe(
    'Traceback (most recent call last):\n  File "main.py", line 10, in <module>\n' +
      '  File "main.py", line 1, in <listcomp>\n  File "main.py", line 1, in <lambda>\n' +
      "ValueError: x\n",
  );
});

test("raising captures, and again for each time", () => {
  const error = new ValueError("x");
  expect(error[TRACE]).toHaveLength(1);
  raise(error);
  expect(error[TRACE]).toHaveLength(1);
  raise(error);
  expect(error[TRACE]).toHaveLength(2);
  expect(formatException(error)).toBe("ValueError: x\n");
});
