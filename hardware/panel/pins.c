#include "pins.h"
#include <avr/io.h>
#include <util/atomic.h>

/* A level counts when it has lasted so many samples: contacts bounce for less, glitches are shorter. */
#define STABLE_MS 4
/* A press is reported for at least so long, so that a host that debounces again sees it too. */
#define PRESS_MS 24

struct key {
    uint8_t differs; /* samples in a row that differ from what is reported */
    uint8_t held;    /* ms since the reported level went low, up to PRESS_MS */
};

static uint8_t modes[PIN_COUNT];
static struct key keys[PIN_COUNT];
static volatile uint8_t reported[PORT_COUNT]; /* debounced levels */
static volatile uint8_t changed;              /* ports, one bit each */

static volatile uint8_t *out_of(uint8_t pin) { return pin < 8 ? &PORTD : pin < 14 ? &PORTB : &PORTC; }
static volatile uint8_t *ddr_of(uint8_t pin) { return pin < 8 ? &DDRD : pin < 14 ? &DDRB : &DDRC; }
static volatile uint8_t *in_of(uint8_t pin) { return pin < 8 ? &PIND : pin < 14 ? &PINB : &PINC; }
static uint8_t mask_of(uint8_t pin) { return _BV(pin < 8 ? pin : pin < 14 ? pin - 8 : pin - 14); }

static bool is_input(uint8_t pin) { return modes[pin] == MODE_INPUT || modes[pin] == MODE_PULLUP; }

static void drive(uint8_t pin, bool output, bool high)
{
    uint8_t mask = mask_of(pin);
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        /* Never for a moment an output of the wrong level, nor an input whose pull-up is dropped. */
        if (high)
            *out_of(pin) |= mask;
        else
            *out_of(pin) &= (uint8_t)~mask;
        if (output)
            *ddr_of(pin) |= mask;
        else
            *ddr_of(pin) &= (uint8_t)~mask;
    }
}

bool pin_can(uint8_t pin, uint8_t mode)
{
    if (pin >= PIN_COUNT || pin < 2)
        return false;
    if (pin >= 18)
        return mode == MODE_I2C;
    return mode == MODE_INPUT || mode == MODE_OUTPUT || mode == MODE_PULLUP;
}

void pin_set_mode(uint8_t pin, uint8_t mode)
{
    if (!pin_can(pin, mode))
        return;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        modes[pin] = mode;
        keys[pin].differs = 0;
        keys[pin].held = PRESS_MS;
        /* A key is taken to be up until it has been seen down. */
        reported[pin >> 3] |= _BV(pin & 7);
    }
    if (mode != MODE_I2C)
        drive(pin, mode == MODE_OUTPUT, mode == MODE_PULLUP);
}

void pin_write(uint8_t pin, bool high)
{
    if (pin >= PIN_COUNT)
        return;
    if (modes[pin] == MODE_OUTPUT)
        drive(pin, true, high);
    else if (modes[pin] == MODE_INPUT && high)
        pin_set_mode(pin, MODE_PULLUP);
}

void pins_reset(void)
{
    for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
        modes[pin] = MODE_NONE;
        pin_set_mode(pin, MODE_INPUT);
    }
    changed = 0;
}

void pins_dark(void)
{
    for (uint8_t pin = 0; pin < PIN_COUNT; pin++)
        if (modes[pin] == MODE_OUTPUT)
            drive(pin, true, false);
}

void pins_sample(void)
{
    for (uint8_t pin = 2; pin < 18; pin++) {
        if (!is_input(pin))
            continue;
        struct key *key = &keys[pin];
        uint8_t bit = _BV(pin & 7);
        bool high = *in_of(pin) & mask_of(pin);
        bool was_high = reported[pin >> 3] & bit;
        if (key->held < PRESS_MS)
            key->held++;
        if (high == was_high) {
            key->differs = 0;
            continue;
        }
        if (key->differs < STABLE_MS)
            key->differs++;
        if (key->differs < STABLE_MS || (high && key->held < PRESS_MS))
            continue;
        key->differs = 0;
        if (!high)
            key->held = 0;
        reported[pin >> 3] ^= bit;
        changed |= _BV(pin >> 3);
    }
}

uint8_t port_inputs(uint8_t port)
{
    uint8_t inputs = 0;
    for (uint8_t bit = 0; bit < 8; bit++) {
        uint8_t pin = port * 8 + bit;
        if (pin < PIN_COUNT && is_input(pin))
            inputs |= reported[port] & _BV(bit);
    }
    return inputs;
}

bool port_changed(uint8_t port)
{
    bool was = false;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        was = changed & _BV(port);
        changed &= (uint8_t)~_BV(port);
    }
    return was;
}
