# umqtt.simple against a broker on PORT.
from umqtt.simple import MQTTClient, MQTTException

PORT = 0
messages = []
client = MQTTClient("me", "127.0.0.1", port=PORT, user="u", password="p", keepalive=30)
client.set_callback(lambda topic, text: messages.append((topic, text)))
client.set_last_will(b"will", "gone", True, 1)
print(client.connect())
client.subscribe(b"a/#")
client.publish("a/b", "one")
client.wait_msg()
client.publish(b"a/c", b"two" * 100, retain=True, qos=1)
while len(messages) < 2:
    client.wait_msg()
print(messages[0], len(messages[1][1]))
print(client.check_msg())
client.ping()
print(client.wait_msg())
client.unsubscribe("a/#")
print(client.pid)
client.disconnect()
client = MQTTClient(b"bad", "127.0.0.1", PORT)
try:
    client.connect()
except MQTTException as error:
    print(repr(error))
try:
    client.subscribe("x")
except AssertionError as error:
    print(error)
