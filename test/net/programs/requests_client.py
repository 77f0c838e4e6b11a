# Every function of requests against a server on PORT: what is sent, what comes back, what is raised.
import requests

PORT = 0
base = "http://127.0.0.1:%d" % PORT

r = requests.get(base + "/hello?x=1", headers={"X-One": "1"})
print(r.status_code, r.reason, r.text, r.headers.get("X-Two"))
r.close()
r = requests.post(base + "/echo", json={"a": 1})
print(r.json(), r.content[:3])
print(requests.post(base + "/echo", data="text", auth=("u", "p")).text)


def parts():
    yield b"one"
    yield b"two"


print(requests.put(base + "/echo", data=parts()).text)
print(requests.get(base + "/chunked").text)
r = requests.get(base + "/chunked", stream=True)
print(r.raw.read(4), r.raw.read())
assert isinstance(r, requests.Response) and isinstance(r.raw, requests.BodyStream)
r.close()
r = requests.get(base + "/moved")
print(r.status_code, r.text)
print(requests.delete(base + "/echo").text)
print(requests.patch(base + "/echo", data=b"zz").text, requests.head(base + "/hello").status_code)
for url in ("ftp://x/y", base + "/teapot", base + "/lost"):
    try:
        print(requests.get(url).text)
    except (ValueError, NotImplementedError) as error:
        print(repr(error))
try:
    requests.get("http://127.0.0.1:1/")
except OSError as error:
    print(error.errno)
with requests.get(base + "/hello") as r:
    print(r.text)
lines = []
r = requests.get(base + "/hello", parse_headers=lambda line, found: lines.append(line))
print(len(lines) > 2, r.headers)
r = requests.get(base + "/hello", parse_headers=False)
print(hasattr(r, "headers"), r.text)
