/** The package `umqtt`, whose modules are umqtt.simple and umqtt.robust: it has no names of its own. */

export {};
