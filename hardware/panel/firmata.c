#include "firmata.h"
#include "pins.h"
#include "twi.h"
#include "uart.h"
#include <string.h>

#define FIRMWARE_NAME "HallvotePanel"
#define FIRMWARE_MAJOR 1
#define FIRMWARE_MINOR 0
#define PROTOCOL_MAJOR 2
#define PROTOCOL_MINOR 6

#define I2C_MAX 96                  /* data bytes of one transfer */
#define SYSEX_MAX (2 * I2C_MAX + 8) /* two bytes on the line for each */
#define HEARTBEATS 3                /* queries that make a heartbeat */

enum {
    DIGITAL_MESSAGE = 0x90,
    REPORT_DIGITAL = 0xD0,
    START_SYSEX = 0xF0,
    SET_PIN_MODE = 0xF4,
    SET_PIN_VALUE = 0xF5,
    END_SYSEX = 0xF7,
    REPORT_VERSION = 0xF9,
    SYSTEM_RESET = 0xFF,
    ANALOG_MAPPING_QUERY = 0x69,
    ANALOG_MAPPING_RESPONSE = 0x6A,
    CAPABILITY_QUERY = 0x6B,
    CAPABILITY_RESPONSE = 0x6C,
    STRING_DATA = 0x71,
    I2C_REQUEST = 0x76,
    I2C_REPLY = 0x77,
    I2C_CONFIG = 0x78,
    REPORT_FIRMWARE = 0x79,
    NOT_ANALOG = 0x7F,
    I2C_MODE_MASK = 0x38, /* of the second address byte: read or write, and 10-bit addresses */
    I2C_WRITE = 0x00,
    I2C_READ_ONCE = 0x08
};

static uint8_t buffer[SYSEX_MAX];
static uint8_t length;       /* bytes in `buffer` */
static uint8_t command;      /* what `buffer` belongs to; 0 for none */
static bool too_long;        /* the sysex in hand does not fit */
static uint8_t report_ports; /* one bit a port */
static uint8_t queries;

static void send7(uint8_t value)
{
    uart_write(value & 0x7F);
    uart_write(value >> 7);
}

static void begin_sysex(uint8_t what)
{
    uart_write(START_SYSEX);
    uart_write(what);
}

static void end_sysex(void) { uart_write(END_SYSEX); }

static void send_string(const char *text)
{
    begin_sysex(STRING_DATA);
    while (*text)
        send7((uint8_t)*text++);
    end_sysex();
}

static void send_version(void)
{
    uart_write(REPORT_VERSION);
    uart_write(PROTOCOL_MAJOR);
    uart_write(PROTOCOL_MINOR);
}

static void send_firmware(void)
{
    begin_sysex(REPORT_FIRMWARE);
    uart_write(FIRMWARE_MAJOR);
    uart_write(FIRMWARE_MINOR);
    for (const char *c = FIRMWARE_NAME; *c; c++)
        send7((uint8_t)*c);
    end_sysex();
}

static void send_capabilities(void)
{
    static const uint8_t offered[] = { MODE_INPUT, MODE_OUTPUT, MODE_PULLUP, MODE_I2C };
    begin_sysex(CAPABILITY_RESPONSE);
    for (uint8_t pin = 0; pin < PIN_COUNT; pin++) {
        for (uint8_t i = 0; i < sizeof offered; i++)
            if (pin_can(pin, offered[i])) {
                uart_write(offered[i]);
                uart_write(1); /* bits */
            }
        uart_write(0x7F);
    }
    end_sysex();
}

static void send_analog_mapping(void)
{
    begin_sysex(ANALOG_MAPPING_RESPONSE);
    for (uint8_t pin = 0; pin < PIN_COUNT; pin++)
        uart_write(NOT_ANALOG);
    end_sysex();
}

static void send_port(uint8_t port)
{
    uart_write(DIGITAL_MESSAGE | port);
    send7(port_inputs(port));
}

static char hex_digit(uint8_t value) { return (char)(value < 10 ? '0' + value : 'a' + value - 10); }

static void send_i2c_failure(enum twi_result result, uint8_t address)
{
    char text[] = "I2C: no answer from 0x00";
    if (result == TWI_HUNG) {
        send_string("I2C: bus hung");
        return;
    }
    if (result == TWI_REFUSED)
        memcpy(text + 5, "cut short", 9);
    text[sizeof text - 3] = hex_digit(address >> 4);
    text[sizeof text - 2] = hex_digit(address & 0x0F);
    send_string(text);
}

static uint8_t pair(uint8_t at) { return (uint8_t)(buffer[at] | buffer[at + 1] << 7); }

static void i2c_write(uint8_t address)
{
    static uint8_t bytes[I2C_MAX];
    uint8_t count = 0;
    for (uint8_t at = 2; at + 1 < length && count < I2C_MAX; at += 2)
        bytes[count++] = pair(at);
    enum twi_result result = twi_write(address, bytes, count);
    if (result != TWI_OK)
        send_i2c_failure(result, address);
}

/* With two pairs the first is a register, written before the read. */
static void i2c_read(uint8_t address)
{
    static uint8_t bytes[I2C_MAX];
    bool has_register = length >= 6;
    uint8_t from = has_register ? pair(2) : 0;
    uint8_t count = pair(has_register ? 4 : 2);
    enum twi_result result = TWI_OK;
    if (length < 4 || count == 0 || count > I2C_MAX) {
        send_string("I2C: 1 to 96 bytes can be read at once");
        return;
    }
    if (has_register)
        result = twi_write(address, &from, 1);
    if (result == TWI_OK)
        result = twi_read(address, bytes, count);
    if (result != TWI_OK) {
        send_i2c_failure(result, address);
        return;
    }
    begin_sysex(I2C_REPLY);
    send7(address);
    send7(from);
    for (uint8_t i = 0; i < count; i++)
        send7(bytes[i]);
    end_sysex();
}

static void take_i2c(void)
{
    if (length < 2)
        return;
    switch (buffer[1] & I2C_MODE_MASK) {
    case I2C_WRITE:
        i2c_write(buffer[0]);
        break;
    case I2C_READ_ONCE:
        i2c_read(buffer[0]);
        break;
    default:
        send_string("I2C: only single reads and writes to 7-bit addresses");
    }
}

static void take_sysex(void)
{
    if (too_long) {
        send_string("line: the message is too long");
        return;
    }
    switch (command) {
    case REPORT_FIRMWARE:
        if (queries < HEARTBEATS)
            queries++;
        send_firmware();
        break;
    case CAPABILITY_QUERY:
        send_capabilities();
        break;
    case ANALOG_MAPPING_QUERY:
        send_analog_mapping();
        break;
    case I2C_REQUEST:
        take_i2c();
        break;
    case I2C_CONFIG:
        twi_start();
        break;
    }
}

static void take_message(void)
{
    uint8_t value = (uint8_t)(buffer[0] | buffer[1] << 7);
    uint8_t port = command & 0x0F;
    if ((command & 0xF0) == DIGITAL_MESSAGE) {
        for (uint8_t bit = 0; bit < 8; bit++)
            pin_write(port * 8 + bit, value & (1 << bit));
    } else if (command == SET_PIN_MODE) {
        pin_set_mode(buffer[0], buffer[1]);
    } else if (command == SET_PIN_VALUE) {
        pin_write(buffer[0], buffer[1]);
    } else if ((command & 0xF0) == REPORT_DIGITAL && port < PORT_COUNT) {
        if (buffer[0]) {
            report_ports |= (uint8_t)(1 << port);
            send_port(port);
        } else {
            report_ports &= (uint8_t)~(1 << port);
        }
    }
}

/* Bytes of a message that is no sysex, after the command; 0xFF for what is no command. */
static uint8_t length_of(uint8_t byte)
{
    uint8_t kind = byte < 0xF0 ? byte & 0xF0 : byte;
    switch (kind) {
    case 0xC0: /* report analog: there is none */
    case REPORT_DIGITAL:
        return 1;
    case DIGITAL_MESSAGE:
    case 0xE0: /* analog write */
    case SET_PIN_MODE:
    case SET_PIN_VALUE:
        return 2;
    case REPORT_VERSION:
    case SYSTEM_RESET:
        return 0;
    default:
        return 0xFF;
    }
}

static bool in_sysex;

static void begin(uint8_t byte)
{
    length = 0;
    command = 0;
    too_long = false;
    in_sysex = byte == START_SYSEX;
    if (in_sysex)
        return;
    switch (length_of(byte)) {
    case 0xFF:
        return;
    case 0:
        if (byte == REPORT_VERSION)
            send_version();
        else
            pins_reset();
        return;
    default:
        command = byte;
    }
}

void firmata_take(uint8_t byte)
{
    if (byte == END_SYSEX && in_sysex) {
        take_sysex();
        begin(END_SYSEX);
    } else if (byte & 0x80) {
        begin(byte);
    } else if (in_sysex && command == 0) {
        command = byte;
    } else if (command != 0) {
        if (length < SYSEX_MAX)
            buffer[length++] = byte;
        else
            too_long = true;
        if (!in_sysex && length == length_of(command)) {
            take_message();
            begin(END_SYSEX);
        }
    }
}

void firmata_resync(void)
{
    begin(END_SYSEX);
    send_string("line: bytes were lost");
}

void firmata_report(void)
{
    for (uint8_t port = 0; port < PORT_COUNT; port++)
        if (port_changed(port) && report_ports & (1 << port))
            send_port(port);
}

bool firmata_has_heartbeat(void) { return queries >= HEARTBEATS; }

void firmata_announce(const char *cause)
{
    send_version();
    send_firmware();
    send_string(cause);
}
