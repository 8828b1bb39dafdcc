/* The serial line to the host, 57600 baud, buffered both ways; receiving is driven by interrupts. */
#ifndef UART_H
#define UART_H
#include <stdbool.h>
#include <stdint.h>

void uart_start(void);
/* The next byte from the host, or -1. */
int16_t uart_read(void);
/* Sends what is queued as fast as the line takes it; to be called often. */
void uart_poll(void);
/* Queues a byte; waits only while the buffer is full, for the time of one byte on the line. */
void uart_write(uint8_t byte);
/* Whether bytes from the host were lost since this was last asked. */
bool uart_lost(void);

#endif
