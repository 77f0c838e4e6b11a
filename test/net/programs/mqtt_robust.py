# umqtt.robust against a broker on PORT that hangs up when it is sent "drop".
from umqtt.robust import MQTTClient

PORT = 0


class Client(MQTTClient):
    DELAY = 0
    DEBUG = True

    def connect(self, clean_session=True):
        print("connect", clean_session)
        result = super().connect(clean_session)
        self.subscribe(b"greeting")
        return result


client = Client("me", "127.0.0.1", PORT)
client.set_callback(lambda topic, text: print(topic, text))
client.connect()
client.wait_msg()
client.publish(b"drop", b"")
client.wait_msg()
print(client.check_msg())
client.disconnect()
