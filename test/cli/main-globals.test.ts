/**
 * boot.py and main.py share the globals of `__main__`. What is expected here is what MicroPython prints for
 * the two files as one.
 */
import { folderWith, mpy2ts } from "../harness/command-line.js";

const boot = `import time
from time import sleep_ms as pause

led = 5
count = 0
state = {"on": False}
gone = "boot"

def blink():
    global count
    count += 1
    pause(count)
    print("blink", led, count, name())

def set_led(v):
    global led
    led = v

def name():
    return "boot"

class Device:
    kind = "boot"
    def show(self):
        return Device.kind + name()

def read_gone():
    try:
        return gone
    except NameError as e:
        return str(e)

first = Device()
`;

const main = `import asyncio
led = led + 2
blink()
set_led(9)
print(led)

def pause(ms):
    print("pause", ms)
    time.sleep_ms(ms)

def inc():
    global count
    count += 10

inc()
blink()

class Device(Device):
    kind = "main"

def name():
    return "main"

print(first.show(), Device().show())
for led in range(2):
    blink()
del gone
print(read_gone())
gone = 3
print(read_gone())

async def work():
    global led
    led = 12
    await asyncio.sleep_ms(1)
    blink()

asyncio.run(work())
state["on"] = not state["on"]
print(state, [led for _ in range(2)])
`;

const printed = `blink 7 1 boot
9
pause 12
blink 9 12 boot
mainmain mainmain
pause 13
blink 0 13 main
pause 14
blink 1 14 main
name 'gone' isn't defined
3
pause 15
blink 12 15 main
{'on': True} [12, 12]
`;

test.each([[[]], [["--no-facts"]]])("one variable of each name %s", (flags: readonly string[]) => {
  const cwd = folderWith({ "boot.py": boot, "main.py": main });
  expect(mpy2ts(["run", ".", "--virtual", ...flags], cwd)).toEqual({
    status: 0,
    stdout: printed,
    stderr: "",
  });
});

test("through globals() as well", () => {
  const cwd = folderWith({
    "boot.py": "led = 5\ndef read():\n    return led\n",
    "main.py": "led = 7\nprint(globals()['led'], 'led' in globals(), read())\n",
  });
  expect(mpy2ts(["run", "."], cwd).stdout).toBe("7 True 7\n");
});

test("the built program type-checks", () => {
  const cwd = folderWith({ "app/boot.py": boot, "app/main.py": main });
  const { status, stderr } = mpy2ts(["build", "app", "-o", "out", "--check"], cwd);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("what boot.py alone has imported and defined is known to the compiler", () => {
  const cwd = folderWith({
    "boot.py":
      "import time, sys\ndef connect():\n    time.sleep(1)\n    print('connected')\nif sys.argv == 0:\n    import os\n",
    "main.py":
      "def go():\n    connect()\n    time.sleep(1)\ngo()\ntry:\n    os.listdir()\nexcept NameError as e:\n    print(e)\n",
  });
  expect(mpy2ts(["run", ".", "--virtual"], cwd).stdout).toBe(
    "connected\nname 'os' isn't defined\n",
  );
});
