/* Time in milliseconds, from timer 2; wraps after 65 s, so only differences mean anything. */
#ifndef CLOCK_H
#define CLOCK_H
#include <stdint.h>

void clock_start(void);
uint16_t clock_ms(void);

#endif
