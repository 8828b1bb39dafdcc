/*
 * HallvotePanel: five keys, five lamps and an I2C bus for a card reader, behind the Firmata protocol.
 * ATmega328P at 16 MHz. Nothing waits for long: what hangs is given up, and the watchdog starts anew.
 */
#include "clock.h"
#include "firmata.h"
#include "pins.h"
#include "twi.h"
#include "uart.h"
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include <util/atomic.h>

/* A host that has fallen silent must not leave a lamp lit that says "counted". */
#define SILENCE_MS 5000

static volatile uint16_t milliseconds;
static uint8_t reset_flags __attribute__((section(".noinit")));
static uint8_t restarted __attribute__((section(".noinit")));
#define RESTARTED 0xA5

/* Before anything else: why this start? Boot loaders clear the flags and hand them over in r2. */
void keep_reset_flags(void) __attribute__((naked, used, section(".init3")));
void keep_reset_flags(void)
{
    uint8_t handed_over;
    __asm__ volatile("mov %0, r2" : "=r"(handed_over));
    reset_flags = MCUSR ? MCUSR : handed_over;
    if (restarted == RESTARTED && !MCUSR)
        reset_flags = _BV(WDRF);
    restarted = 0;
    MCUSR = 0;
    wdt_disable();
}

/*
 * The first time-out of the watchdog starts the program anew from here, the second, where not even this runs, resets
 * the chip. The boot loader that most Nanos come with does not survive a watchdog reset: it would loop for ever.
 */
ISR(WDT_vect, ISR_NAKED)
{
    restarted = RESTARTED;
    __asm__ volatile("jmp 0");
}

static const char *reset_cause(void)
{
    if (reset_flags & _BV(WDRF))
        return "reset: watchdog";
    if (reset_flags & _BV(BORF))
        return "reset: brownout";
    if (reset_flags & _BV(EXTRF))
        return "reset: external";
    return "reset: power";
}

void clock_start(void)
{
    TCCR2A = _BV(WGM21);
    TCCR2B = _BV(CS22); /* 16 MHz / 64 */
    OCR2A = 249;
    TIMSK2 = _BV(OCIE2A);
}

ISR(TIMER2_COMPA_vect)
{
    milliseconds++;
    pins_sample();
}

uint16_t clock_ms(void)
{
    uint16_t now;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { now = milliseconds; }
    return now;
}

int main(void)
{
    uint16_t heard = 0;
    pins_reset();
    clock_start();
    uart_start();
    twi_start();
    wdt_enable(WDTO_500MS);
    WDTCSR |= _BV(WDIE);
    sei();
    firmata_announce(reset_cause());
    for (;;) {
        wdt_reset();
        uart_poll();
        if (uart_lost())
            firmata_resync();
        int16_t byte = uart_read();
        if (byte >= 0) {
            heard = clock_ms();
            firmata_take((uint8_t)byte);
        } else if (firmata_has_heartbeat() && (uint16_t)(clock_ms() - heard) > SILENCE_MS) {
            pins_dark();
        }
        firmata_report();
    }
}
