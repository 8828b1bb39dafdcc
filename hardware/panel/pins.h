/*
 * The twenty pins by their Arduino numbers (0-7 port D, 8-13 port B, 14-19 port C), as three Firmata ports of
 * eight, and the debouncing of those that are keys.
 */
#ifndef PINS_H
#define PINS_H
#include <stdbool.h>
#include <stdint.h>

#define PIN_COUNT 20
#define PORT_COUNT 3

enum { MODE_INPUT = 0x00, MODE_OUTPUT = 0x01, MODE_I2C = 0x06, MODE_PULLUP = 0x0B, MODE_NONE = 0xFF };

/* All pins inputs without pull-up, nothing reported, no lamp lit. */
void pins_reset(void);
/* Whether a pin can be used as `mode`: 0 and 1 are the serial line, 18 and 19 the I2C bus alone. */
bool pin_can(uint8_t pin, uint8_t mode);
void pin_set_mode(uint8_t pin, uint8_t mode);
/* An output goes to `high`; an input asked for high gets its pull-up, and keeps it until its mode is set. */
void pin_write(uint8_t pin, bool high);
/* All outputs low, as when the host has gone. */
void pins_dark(void);

/* One sample of every pin; to be called every millisecond. */
void pins_sample(void);
/* The debounced inputs of a port, lowest pin first. */
uint8_t port_inputs(uint8_t port);
/* Whether a debounced input of the port has changed since this was last asked. */
bool port_changed(uint8_t port);

#endif
