from machine import Pin, Timer

led = Pin("LED", Pin.OUT)
timer = Timer(period=500, callback=lambda t: led.toggle())
