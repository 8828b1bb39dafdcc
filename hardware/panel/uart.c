#include "uart.h"
#include <avr/interrupt.h>
#include <avr/io.h>

#define BAUD_DIVISOR 34 /* 16 MHz, double speed: 57143 baud, 0.8 % low */
#define SIZE 256        /* of each buffer; the indices wrap by themselves */

static volatile uint8_t rx[SIZE], rx_in, rx_out;
static uint8_t tx[SIZE], tx_in, tx_out;
static volatile bool lost;

void uart_start(void)
{
    UCSR0B = 0; /* the watchdog may have started the program anew in the middle of a byte */
    UBRR0 = BAUD_DIVISOR;
    UCSR0A = _BV(U2X0);
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

ISR(USART_RX_vect)
{
    uint8_t errors = UCSR0A & (_BV(FE0) | _BV(DOR0));
    uint8_t byte = UDR0;
    uint8_t next = rx_in + 1;
    if (errors || next == rx_out) {
        lost = true;
        return;
    }
    rx[rx_in] = byte;
    rx_in = next;
}

int16_t uart_read(void)
{
    if (rx_in == rx_out)
        return -1;
    return rx[rx_out++];
}

void uart_poll(void)
{
    if (tx_in != tx_out && UCSR0A & _BV(UDRE0))
        UDR0 = tx[tx_out++];
}

void uart_write(uint8_t byte)
{
    uint8_t next = tx_in + 1;
    while (next == tx_out)
        uart_poll();
    tx[tx_in] = byte;
    tx_in = next;
}

bool uart_lost(void)
{
    bool was = lost;
    lost = false;
    return was;
}
