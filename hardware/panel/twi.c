#include "twi.h"
#include "clock.h"
#include <avr/io.h>
#include <stdbool.h>
#include <util/delay.h>
#include <util/twi.h>

#define SDA PC4
#define SCL PC5

static uint16_t began;

void twi_start(void)
{
    /* The chip's own pull-ups help a bus without any; a real module brings stronger ones. */
    PORTC |= _BV(SDA) | _BV(SCL);
    TWSR = 0;
    TWBR = 72; /* 16 MHz / (16 + 2 * 72) = 100 kHz */
    TWCR = _BV(TWEN);
}

/* Nine clocks let a device finish the byte it hangs in; a STOP then sets the bus free (I2C specification 3.1.16). */
static void recover(void)
{
    TWCR = 0;
    PORTC |= _BV(SDA) | _BV(SCL);
    DDRC &= (uint8_t)~(_BV(SDA) | _BV(SCL));
    for (uint8_t i = 0; i < 9; i++) {
        PORTC &= (uint8_t)~_BV(SCL);
        DDRC |= _BV(SCL);
        _delay_us(5);
        DDRC &= (uint8_t)~_BV(SCL);
        PORTC |= _BV(SCL);
        _delay_us(5);
    }
    PORTC &= (uint8_t)~_BV(SDA);
    DDRC |= _BV(SDA);
    _delay_us(5);
    DDRC &= (uint8_t)~_BV(SDA);
    PORTC |= _BV(SDA);
    twi_start();
}

/* Carries out what `control` says; false where the bus did not do it in time. */
static bool step(uint8_t control)
{
    TWCR = _BV(TWINT) | _BV(TWEN) | control;
    while (!(TWCR & _BV(TWINT)))
        if ((uint16_t)(clock_ms() - began) > TWI_LIMIT_MS)
            return false;
    return true;
}

static bool stop(void)
{
    TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
    while (TWCR & _BV(TWSTO))
        if ((uint16_t)(clock_ms() - began) > TWI_LIMIT_MS)
            return false;
    return true;
}

static enum twi_result end(enum twi_result result)
{
    if (result != TWI_HUNG && stop())
        return result;
    recover();
    return TWI_HUNG;
}

/* START and address; TWI_OK where somebody answers. */
static enum twi_result begin(uint8_t address, uint8_t direction)
{
    began = clock_ms();
    if (!step(_BV(TWSTA)))
        return TWI_HUNG;
    if (TW_STATUS != TW_START && TW_STATUS != TW_REP_START)
        return TWI_HUNG;
    TWDR = (uint8_t)(address << 1) | direction;
    if (!step(0))
        return TWI_HUNG;
    return TW_STATUS == TW_MT_SLA_ACK || TW_STATUS == TW_MR_SLA_ACK ? TWI_OK : TWI_NO_ANSWER;
}

enum twi_result twi_write(uint8_t address, const uint8_t *bytes, uint8_t length)
{
    enum twi_result result = begin(address, TW_WRITE);
    for (uint8_t i = 0; i < length && result == TWI_OK; i++) {
        TWDR = bytes[i];
        if (!step(0))
            result = TWI_HUNG;
        else if (TW_STATUS != TW_MT_DATA_ACK)
            result = TWI_REFUSED;
    }
    return end(result);
}

enum twi_result twi_read(uint8_t address, uint8_t *bytes, uint8_t length)
{
    enum twi_result result = begin(address, TW_READ);
    for (uint8_t i = 0; i < length && result == TWI_OK; i++) {
        if (!step(i + 1 < length ? _BV(TWEA) : 0))
            result = TWI_HUNG;
        else
            bytes[i] = TWDR;
    }
    return end(result);
}
